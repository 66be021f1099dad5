import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Tried } from '@/shared/api/schema.gen';
import type { Channel } from '@/shared/channels/channels';
import { useErrorText, useFieldErrors } from '@/shared/lib/useErrorText';
import { useTellDirty } from '@/shared/lib/useTellDirty';
import { SaveBar } from '@/shared/ui/Form';
import { Sections } from '@/shared/ui/Sections';
import { ConnectionSection } from './ConnectionSection';
import { problemsOf, valueProblems } from './draft';
import { FilterTester } from './FilterTester';
import { NetworkSection } from './NetworkSection';
import { RejudgeDialog } from './RejudgeDialog';
import { ReplyPreview } from './ReplyPreview';
import { RuleSection, sectionTitle } from './RuleSection';
import { useDraft, type Stored } from './useSettings';

interface Props {
  stored: Stored;
  channel: Channel;
  otherNames: readonly string[];
  onDirty: (dirty: boolean) => void;
}

export type Errors = Record<string, string>;

/** Sections of which a change concerns messages that have already come. */
const JUDGES = 'filter';

export function SettingsForm({ stored, channel, otherNames, onDirty }: Props) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const fieldErrors = useFieldErrors();
  const scroll = useRef<HTMLDivElement>(null);
  const { details, form } = stored;
  const { shown, changedKeys, accountChanged, sent, change, changeAccount, drop, save } = useDraft(stored);
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<unknown>(null);
  const [verdict, setVerdict] = useState<Tried | null>(null);
  const [asking, setAsking] = useState(false);
  const dirty = accountChanged || changedKeys.length > 0;
  const account = details.row.id;

  useTellDirty(dirty, onDirty);

  const typed = { ...problemsOf(shown.account, channel.info, otherNames), ...valueProblems(form, shown.values) };
  const told: Errors = refused ? fieldErrors(refused) : {};
  const errors: Errors = {
    ...told,
    ...(tried ? Object.fromEntries(Object.entries(typed).map(([field, { key, params }]) => [field, t(key, params ?? {})])) : {}),
  };
  const toError = () => requestAnimationFrame(() => scroll.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
  const changed = (section: string) =>
    form.sections.some(({ key, fields }) => key === section && fields.some((field) => changedKeys.includes(field.key)));
  const reset = () => {
    drop();
    setTried(false);
    setRefused(null);
  };
  const submit = async () => {
    setTried(true);
    if (Object.keys(typed).length > 0) {
      toError();
      return;
    }
    setBusy(true);
    try {
      await save();
      setAsking(changed(JUDGES));
      reset();
    } catch (cause) {
      setRefused(cause);
      toError();
    } finally {
      setBusy(false);
    }
  };

  const sections = [
    { id: 'channel-connection', title: t('channel.section.connection'), changed: shown.account.name.trim() !== details.row.name },
    ...form.sections.map(({ key }) => ({ id: `channel-${key}`, title: sectionTitle(key, channel), changed: changed(key) })),
    {
      id: 'channel-network',
      title: t('channel.section.network'),
      changed: accountChanged && shown.account.name.trim() === details.row.name,
    },
  ];
  const where = sections.filter((section) => section.changed).map(({ title }) => title);
  const general = refused !== null && Object.keys(told).length === 0 ? errorText(refused) : undefined;
  const edited =
    <A extends unknown[]>(apply: (...args: A) => void) =>
    (...args: A) => {
      apply(...args);
      setRefused(null);
    };
  const sides: Record<string, React.ReactNode> = {
    filter: <FilterTester accountId={account} values={sent} changed={changed(JUDGES)} onVerdict={setVerdict} />,
    auto_reply: shown.values['auto_reply.on'] === true && (
      <ReplyPreview text={String(shown.values['auto_reply.text'] ?? '')} at={String(shown.values['auto_reply.from'] ?? '')} />
    ),
  };

  return (
    <>
      <Sections
        label={t('channel.nav')}
        sections={sections}
        scroll={scroll}
        bar={
          dirty && (
            <SaveBar
              text={where.length > 0 ? t('channel.notSavedIn', { where: where.join(', ') }) : t('form.notSaved')}
              problem={general}
              busy={busy}
              saveLabel={t('act.save')}
              dropLabel={t('form.drop')}
              onSave={() => void submit()}
              onDrop={reset}
            />
          )
        }
      >
        <form
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            void submit();
          }}
        >
          <ConnectionSection
            details={details}
            name={shown.account.name}
            error={errors['name']}
            onName={edited((name: string) => changeAccount({ name }))}
          />
          {form.sections.map((section) => (
            <RuleSection
              key={section.key}
              section={section}
              channel={channel}
              values={shown.values}
              errors={errors}
              hit={section.key === JUDGES ? verdict?.reason.params?.['rule']?.toString() : undefined}
              side={sides[section.key]}
              onChange={edited(change)}
            />
          ))}
          <NetworkSection channel={channel} value={shown.account} errors={errors} onChange={edited(changeAccount)} />
          <button type="submit" hidden />
        </form>
      </Sections>
      {asking && <RejudgeDialog accountId={account} onClose={() => setAsking(false)} />}
    </>
  );
}

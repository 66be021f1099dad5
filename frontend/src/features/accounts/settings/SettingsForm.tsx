import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FilterRules } from '@/shared/api/planned';
import type { Channel } from '@/shared/channels/channels';
import { useErrorText, useFieldErrors } from '@/shared/lib/useErrorText';
import { SaveBar } from '@/shared/ui/Form';
import { Sections, type SectionLink } from '@/shared/ui/Sections';
import { AutoReplySection } from './AutoReplySection';
import { ConnectionSection } from './ConnectionSection';
import { problemsOf } from './draft';
import { FilterSection } from './FilterSection';
import { NetworkSection } from './NetworkSection';
import { OwnSection } from './OwnSection';
import { RejudgeDialog } from './RejudgeDialog';
import { replyProblems } from './replyProblems';
import { useDraft, type Stored } from './useSettings';

interface Props {
  stored: Stored;
  channel: Channel;
  otherNames: readonly string[];
  onDirty: (dirty: boolean) => void;
}

export type Errors = Record<string, string>;

export function SettingsForm({ stored, channel, otherNames, onDirty }: Props) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const fieldErrors = useFieldErrors();
  const scroll = useRef<HTMLDivElement>(null);
  const { shown, changed, change, drop, save } = useDraft(stored, channel);
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<unknown>(null);
  /** Rules that were just saved: what has already come can be judged by them. */
  const [fresh, setFresh] = useState<FilterRules | null>(null);
  const dirty = changed.account || changed.rules || changed.reply;
  const { row } = stored.details;

  const tell = useRef(onDirty);
  useEffect(() => {
    tell.current = onDirty;
  });
  useEffect(() => tell.current(dirty), [dirty]);
  useEffect(() => () => tell.current(false), []);

  const typed = { ...problemsOf(shown.account, channel.info, otherNames), ...replyProblems(shown.reply) };
  const told: Errors = refused ? fieldErrors(refused) : {};
  const errors: Errors = {
    ...told,
    ...(tried ? Object.fromEntries(Object.entries(typed).map(([field, { key, params }]) => [field, t(key, params ?? {})])) : {}),
  };
  const edit: typeof change = (part, patch) => {
    change(part, patch);
    setRefused(null);
  };
  const reset = () => {
    drop();
    setTried(false);
    setRefused(null);
  };
  const submit = async () => {
    setTried(true);
    if (Object.keys(typed).length > 0) {
      requestAnimationFrame(() => scroll.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
      return;
    }
    setBusy(true);
    try {
      await save();
      if (changed.rules) setFresh(shown.rules);
      reset();
    } catch (cause) {
      setRefused(cause);
    } finally {
      setBusy(false);
    }
  };

  const name = channel.name;
  const sections: SectionLink[] = [
    { id: 'channel-connection', title: t('channel.section.connection') },
    { id: 'channel-filters', title: t('channel.section.filters'), changed: changed.rules },
    { id: 'channel-reply', title: t('channel.section.reply'), changed: changed.reply },
    ...(channel.info.settings.length > 0
      ? [{ id: 'channel-own', title: t('channel.section.own', { name }), changed: changed.account }]
      : []),
    { id: 'channel-network', title: t('channel.section.network') },
  ];
  const what = sections.filter((section) => section.changed).map(({ title }) => title);
  const general = refused !== null && Object.keys(told).length === 0 ? errorText(refused) : undefined;

  return (
    <>
      <Sections
        label={t('channel.nav')}
        sections={sections}
        scroll={scroll}
        bar={
          dirty && (
            <SaveBar
              text={what.length > 0 ? t('channel.notSavedIn', { where: what.join(', ') }) : t('form.notSaved')}
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
            details={stored.details}
            name={shown.account.name}
            error={errors['name']}
            onName={(value) => edit('account', { name: value })}
          />
          <FilterSection
            accountId={row.id}
            rules={shown.rules}
            changed={changed.rules}
            errors={errors}
            onChange={(patch) => edit('rules', patch)}
          />
          <AutoReplySection channel={channel} reply={shown.reply} errors={errors} onChange={(patch) => edit('reply', patch)} />
          <OwnSection
            channel={channel}
            settings={shown.account.settings}
            errors={errors}
            onChange={(settings) => edit('account', { settings })}
          />
          <NetworkSection channel={channel} value={shown.account} errors={errors} onChange={(value) => edit('account', value)} />
          <button type="submit" hidden />
        </form>
      </Sections>
      {fresh && <RejudgeDialog accountId={row.id} rules={fresh} onClose={() => setFresh(null)} />}
    </>
  );
}

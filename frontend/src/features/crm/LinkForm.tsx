import { useRef, useState, type ReactNode } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useCall } from '@/shared/api/rpc';
import type { JsonValue, LinkDetails } from '@/shared/api/schema.gen';
import type { CrmKind } from '@/shared/channels/crms';
import { useErrorText, useFieldErrors } from '@/shared/lib/useErrorText';
import { useTellDirty } from '@/shared/lib/useTellDirty';
import { SaveBar, Section } from '@/shared/ui/Form';
import { Sections } from '@/shared/ui/Sections';
import { ConnectionSection, type Connection } from './ConnectionSection';
import { Preview } from './Preview';
import { SettingField } from './SettingField';
import { problemsOf, sentOf, shownOf, valuesOf, type Values } from './values';
import s from './Crm.module.css';

interface Props {
  details: LinkDetails;
  crm: CrmKind;
  /** Above the sections: the other links. */
  head: ReactNode;
  onDirty: (dirty: boolean) => void;
  onGone: () => void;
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** The advanced settings of one CRM link, drawn from the CRM's description of them, with a preview of what comes of it. */
export function LinkForm({ details, crm, head, onDirty, onGone }: Props) {
  const { t } = useTranslation();
  const call = useCall();
  const client = useQueryClient();
  const errorText = useErrorText();
  const fieldErrors = useFieldErrors();
  const scroll = useRef<HTMLDivElement>(null);
  const before = valuesOf(crm.info, details.settings);
  const stored: Connection = { name: details.row.name, proxy: details.proxy ?? '', endpoints: details.endpoints };
  const [draft, setDraft] = useState<Values | null>(null);
  const [connection, setConnection] = useState<Connection | null>(null);
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<unknown>(null);
  const values = draft ?? before;
  const shownConnection = connection ?? stored;
  const sections = shownOf(crm.info, values);
  const changed = (key: string) => !same(values[key], before[key]);
  const moved = !same(shownConnection, stored);
  const dirty = moved || Object.keys(values).some(changed);

  useTellDirty(dirty, onDirty);

  const typed = problemsOf(sections, values);
  const told = refused ? fieldErrors(refused) : {};
  const errors: Record<string, string> = {
    ...told,
    ...(tried ? Object.fromEntries(Object.entries(typed).map(([key, problem]) => [key, t(problem.key, problem.params ?? {})])) : {}),
  };
  const change = (key: string, value: JsonValue) => {
    setDraft({ ...values, [key]: value });
    setRefused(null);
  };
  const drop = () => {
    setDraft(null);
    setConnection(null);
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
      const { name, proxy, endpoints } = shownConnection;
      await call('links.update', {
        link_id: details.row.id,
        ...(name.trim() !== stored.name ? { name: name.trim() } : {}),
        ...(proxy.trim() !== stored.proxy ? { proxy: proxy.trim() } : {}),
        ...(same(endpoints, stored.endpoints)
          ? {}
          : { endpoints: Object.fromEntries(Object.entries(endpoints).filter(([, value]) => value.trim())) }),
        ...(Object.keys(values).some(changed) ? { settings: sentOf(crm.info, details.settings, values) } : {}),
      });
      await client.invalidateQueries({ queryKey: ['links.get'] });
      drop();
    } catch (cause) {
      setRefused(cause);
    } finally {
      setBusy(false);
    }
  };

  const title = (key: string) => crm.text(`section.${key}`) ?? key;
  const links = [
    { id: 'crm-connection', title: t('crm.section.connection'), changed: moved },
    ...sections.map(({ key, settings }) => ({
      id: `crm-${key}`,
      title: title(key),
      changed: settings.some((setting) => changed(setting.key)),
    })),
  ];
  const where = links.filter((link) => link.changed).map((link) => link.title);
  const general = refused !== null && Object.keys(told).length === 0 ? errorText(refused) : undefined;
  const at = (key: string) => errors[key] ?? errors[`settings.${key}`];

  return (
    <Sections
      label={t('crm.nav')}
      sections={links}
      head={head}
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
            onDrop={drop}
          />
        )
      }
    >
      <div className={s.split}>
        <form
          className={s.forms}
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            void submit();
          }}
        >
          <ConnectionSection
            details={details}
            crm={crm}
            value={shownConnection}
            errors={errors}
            onGone={onGone}
            onChange={(patch) => {
              setConnection({ ...shownConnection, ...patch });
              setRefused(null);
            }}
          />
          {sections.map((section) => (
            <Section key={section.key} id={`crm-${section.key}`} title={title(section.key)} hint={crm.text(`section.${section.key}.hint`)}>
              {section.settings.map((setting) => (
                <SettingField
                  key={setting.key}
                  link={details.row.id}
                  crm={crm}
                  setting={setting}
                  value={values[setting.key]}
                  error={at(setting.key)}
                  onChange={(value) => change(setting.key, value)}
                />
              ))}
            </Section>
          ))}
          <button type="submit" hidden />
        </form>
        {sections.length > 0 && <Preview link={details.row.id} crm={crm} sections={sections} values={values} />}
      </div>
    </Sections>
  );
}

import { useEffect, useRef, useState, type FormEvent } from 'react';
import { Button, TextInput } from '@mantine/core';
import { ChevronRight } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useRpcMutation } from '@/shared/api/rpc';
import type { AccountDetails } from '@/shared/api/schema.gen';
import type { Channel } from '@/shared/channels/channels';
import { ConnectionLine } from '@/shared/channels/ConnectionLine';
import { useReasonText } from '@/shared/channels/useReasonText';
import { useFormat } from '@/shared/lib/format';
import { useErrorText, useFieldErrors } from '@/shared/lib/useErrorText';
import { Icon } from '@/shared/ui/Icon';
import { Note } from '@/shared/ui/Form';
import { ask, wayOut } from '../actions';
import { errorAt } from '../network';
import { NetworkFields, ProxyField } from '../NetworkFields';
import { differs, draftOf, problemsOf, updateOf, type AccountDraft } from './draft';
import { SettingField } from './SettingField';
import s from './EditDrawer.module.css';

interface Props {
  details: AccountDetails;
  channel: Channel;
  otherNames: readonly string[];
  /** Asked to close while something is not saved. */
  leaving: boolean;
  onDirty: (dirty: boolean) => void;
  onStay: () => void;
  onDone: () => void;
}

export function EditForm({ details, channel, otherNames, leaving, onDirty, onStay, onDone }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const errorText = useErrorText();
  const fieldErrors = useFieldErrors();
  const form = useRef<HTMLFormElement>(null);
  const { info } = channel;
  const [before] = useState<AccountDraft>(() => draftOf(details, info));
  const [draft, setDraft] = useState(before);
  const [tried, setTried] = useState(false);
  const [unfolded, setUnfolded] = useState(Object.keys(details.endpoints).length > 0);
  const save = useRpcMutation('accounts.update', { onSuccess: onDone });

  const dirty = differs(before, draft);
  const tell = useRef(onDirty);
  useEffect(() => {
    tell.current = onDirty;
  });
  useEffect(() => tell.current(dirty), [dirty]);
  // The drawer looked for something to focus before the details had come.
  useEffect(() => form.current?.querySelector('input')?.focus(), []);

  const typed = problemsOf(draft, info, otherNames);
  const told = save.error ? fieldErrors(save.error) : {};
  const errors: Record<string, string> = {
    ...told,
    ...(tried ? Object.fromEntries(Object.entries(typed).map(([field, { key, params }]) => [field, t(key, params ?? {})])) : {}),
  };
  const wrongEndpoint = info.endpoints.some(({ key }) => errorAt(errors, 'endpoint', key));
  const change = (part: Partial<AccountDraft>) => {
    setDraft((old) => ({ ...old, ...part }));
    if (save.error) save.reset();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (Object.keys(typed).length === 0) save.mutate(updateOf(details.row.id, before, draft, info, details.settings));
    else requestAnimationFrame(() => form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
  };

  return (
    <form ref={form} className={s.form} onSubmit={submit} noValidate>
      <div className={s.body}>
        <Status details={details} />
        <TextInput
          label={t('accounts.form.name')}
          description={t('accounts.form.nameHint')}
          value={draft.name}
          error={errors.name}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          onChange={(e) => change({ name: e.currentTarget.value })}
        />
        {info.settings.length > 0 && (
          <div className={s.group}>
            {info.settings.map((setting) => (
              <SettingField
                key={setting.key}
                channel={channel}
                setting={setting}
                value={draft.settings[setting.key] ?? ''}
                error={errorAt(errors, 'setting', setting.key)}
                onChange={(value) => change({ settings: { ...draft.settings, [setting.key]: value } })}
              />
            ))}
          </div>
        )}
        <ProxyField value={draft.proxy} error={errors.proxy} onChange={(proxy) => change({ proxy })} />
        {info.endpoints.length > 0 && (
          <div className={s.group}>
            <button type="button" className={s.fold} aria-expanded={unfolded || wrongEndpoint} onClick={() => setUnfolded(!unfolded)}>
              <Icon of={ChevronRight} size={15} />
              {t('accounts.form.advanced')}
            </button>
            {(unfolded || wrongEndpoint) && (
              <NetworkFields
                channel={channel}
                only="endpoints"
                value={draft}
                errors={errors}
                onChange={({ endpoints }) => change({ endpoints })}
              />
            )}
          </div>
        )}
        {save.error && Object.keys(told).length === 0 && <Note tone="bad">{errorText(save.error)}</Note>}
      </div>
      <footer className={s.foot}>
        {leaving ? (
          <>
            <span role="alert">{t('accounts.form.leaveQuestion')}</span>
            <Button variant="default" onClick={onDone}>
              {t('accounts.form.drop')}
            </Button>
            <Button type="submit" loading={save.isPending} onClick={onStay}>
              {t('act.save')}
            </Button>
          </>
        ) : (
          <>
            <span>
              {dirty ? t('accounts.form.notSaved') : t('accounts.form.connectedAt', { date: format.dateTime(details.connected_at) })}
            </span>
            <Button variant="default" onClick={onDone}>
              {t('act.cancel')}
            </Button>
            <Button type="submit" disabled={!dirty} loading={save.isPending}>
              {t('act.save')}
            </Button>
          </>
        )}
      </footer>
    </form>
  );
}

/** How the channel is now, with the way out beside it. */
function Status({ details: { row } }: { details: AccountDetails }) {
  const { t } = useTranslation();
  const reasonText = useReasonText();
  const { status, reason, action } = row.connection;
  return (
    <div className={s.status}>
      <div>
        <ConnectionLine status={row.active ? status : 'off'} />
        {reason && <p>{reasonText(reason)}</p>}
      </div>
      {row.active && action && action !== 'set_proxy' && (
        <Button size="compact-sm" variant="outline" onClick={() => ask(wayOut[action], row.id)}>
          {t(`accounts.wayOut.${action}`)}
        </Button>
      )}
    </div>
  );
}

import { useState } from 'react';
import { Button, Switch, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { LinkAction, LinkDetails } from '@/shared/api/schema.gen';
import { useRpcMutation } from '@/shared/api/rpc';
import type { CrmKind } from '@/shared/channels/crms';
import { useReasonText } from '@/shared/channels/useReasonText';
import { runAction } from '@/shared/lib/actions';
import { useFormat } from '@/shared/lib/format';
import { useErrorText } from '@/shared/lib/useErrorText';
import { complain } from '@/shared/ui/complain';
import { Confirm } from '@/shared/ui/Confirm';
import { Note, Section } from '@/shared/ui/Form';

export interface Connection {
  name: string;
  proxy: string;
  endpoints: Record<string, string>;
}

interface Props {
  details: LinkDetails;
  crm: CrmKind;
  value: Connection;
  errors: Record<string, string>;
  onChange: (patch: Partial<Connection>) => void;
  onGone: () => void;
}

const DAY = 86_400_000;
/** So long before a login ends people are warned. */
const WARN_DAYS = 14;
const below = ['label', 'input', 'description', 'error'] as ('label' | 'input' | 'description' | 'error')[];

/** How the link is, what it needs, how it is reached; the way to take it away. */
export function ConnectionSection({ details: { row, connected_at }, crm, value, errors, onChange, onGone }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const reason = useReasonText();
  const errorText = useErrorText();
  const [asking, setAsking] = useState(false);
  const activate = useRpcMutation('links.activate');
  const remove = useRpcMutation('links.delete', { onSuccess: onGone });
  const refused = { onError: (cause: unknown) => complain(errorText(cause)) };
  const { state } = row;
  const left = row.expires_at === null ? null : Math.ceil((row.expires_at - Date.now()) / DAY);
  const again = () => runAction('crm.login', String(row.id));
  const act = (action: LinkAction) => action === 'login' && again();
  return (
    <Section
      id="crm-connection"
      title={t('crm.section.connection')}
      hint={[row.handle, t('accounts.form.connectedAt', { date: format.dateTime(connected_at) })].filter(Boolean).join(' · ')}
    >
      {row.active && (state.reason || state.action) && (
        <Note
          tone="bad"
          action={
            state.action === 'login' && (
              <Button size="compact-sm" variant="outline" onClick={() => state.action && act(state.action)}>
                {t('crm.again')}
              </Button>
            )
          }
        >
          {state.reason ? reason(state.reason) : t(`crm.line.${state.status}`)} {state.action && t(`crm.action.${state.action}`)}{' '}
          {t('crm.kept')}
        </Note>
      )}
      {left !== null && left <= WARN_DAYS && (
        <Note
          tone="warn"
          action={
            <Button size="compact-sm" variant="outline" onClick={again}>
              {t('crm.again')}
            </Button>
          }
        >
          {t('crm.expires', { count: Math.max(0, left) })}
        </Note>
      )}
      {row.notices.map((notice) => (
        <Note key={notice.key} tone="info">
          {reason(notice)}
        </Note>
      ))}
      <Switch
        label={t('crm.active')}
        description={t('crm.activeHint')}
        checked={row.active}
        onChange={(e) => activate.mutate({ link_ids: [row.id], active: e.currentTarget.checked }, refused)}
      />
      <TextInput
        label={t('crm.form.name')}
        value={value.name}
        error={errors['name']}
        onChange={(e) => onChange({ name: e.currentTarget.value })}
      />
      <TextInput
        label={t('accounts.form.proxy')}
        description={t('accounts.form.proxyHint')}
        inputWrapperOrder={below}
        spellCheck={false}
        autoComplete="off"
        value={value.proxy}
        error={errors['proxy']}
        onChange={(e) => onChange({ proxy: e.currentTarget.value })}
      />
      {crm.info.endpoints.map(({ key, default: own }) => (
        <TextInput
          key={key}
          label={crm.text(`endpoint.${key}`) ?? key}
          placeholder={own}
          spellCheck={false}
          autoComplete="off"
          value={value.endpoints[key] ?? ''}
          error={errors[`endpoint.${key}`] ?? errors[`endpoints.${key}`]}
          onChange={(e) => onChange({ endpoints: { ...value.endpoints, [key]: e.currentTarget.value } })}
        />
      ))}
      <div>
        <Button variant="default" size="compact-sm" mr={8} onClick={again}>
          {t('crm.again')}
        </Button>
        <Button variant="subtle" size="compact-sm" color="var(--b-bad)" onClick={() => setAsking(true)}>
          {t('crm.delete')}
        </Button>
      </div>
      <Confirm
        title={t('crm.deleteTitle', { name: row.name })}
        opened={asking}
        busy={remove.isPending}
        onClose={() => setAsking(false)}
        onConfirm={() => remove.mutate({ link_id: row.id }, refused)}
      >
        {t('crm.deleteText', { count: row.queued, n: format.number(row.queued) })}
      </Confirm>
    </Section>
  );
}

import { useState } from 'react';
import { Button, Popover } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Bell as BellIcon } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { helpOut } from '@/features/accounts';
import { alertsQuery } from '@/shared/api/accounts';
import { useCall } from '@/shared/api/rpc';
import type { Alert } from '@/shared/api/schema.gen';
import { useChannel } from '@/shared/channels/channels';
import { useCrm } from '@/shared/channels/crms';
import { useReasonText } from '@/shared/channels/useReasonText';
import { useHost } from '@/shared/host';
import { runAction } from '@/shared/lib/actions';
import { useFormat } from '@/shared/lib/format';
import { ChannelMark } from '@/shared/ui/ChannelMark';
import { railPopover, RailButton } from './RailButton';
import s from './Bell.module.css';

/** What needs a person: which line, since when, why, and the way there. */
export function Bell() {
  const { t } = useTranslation();
  const alerts = useQuery(alertsQuery(useCall())).data ?? [];
  const [open, setOpen] = useState(false);
  return (
    <Popover {...railPopover} opened={open} onChange={setOpen} width={340}>
      <Popover.Target>
        <RailButton label={t('bell.title')} icon={BellIcon} alert={alerts.length > 0} aria-expanded={open} onClick={() => setOpen(!open)} />
      </Popover.Target>
      <Popover.Dropdown p={0} aria-label={t('bell.title')}>
        <h2 className={s.title}>{t('bell.title')}</h2>
        <div className={s.list}>
          {alerts.map((alert) => (
            <Line key={alert.id} alert={alert} onDone={() => setOpen(false)} />
          ))}
          {alerts.length === 0 && (
            <p className={s.none}>
              <b>{t('bell.none')}</b>
              {t('bell.noneHint')}
            </p>
          )}
        </div>
        <Permission />
      </Popover.Dropdown>
    </Popover>
  );
}

function Line({ alert, onDone }: { alert: Alert; onDone: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const reason = useReasonText();
  const navigate = useNavigate();
  const channel = useChannel(alert.channel ?? undefined);
  const crm = useCrm(alert.crm);
  const mark = (channel ?? crm)?.mark;
  return (
    <article className={s.alert}>
      {mark && <ChannelMark mark={mark} size={20} />}
      <div>
        <b>{alert.link_name ?? alert.account_name}</b>
        <time className="num">{format.stamp(alert.at)}</time>
        <p>{reason(alert.reason)}</p>
        {alert.action && (
          <Button
            variant="light"
            size="compact-xs"
            onClick={() => {
              onDone();
              if (alert.link_id !== undefined) {
                void navigate({ to: '/crm', search: { link: alert.link_id } });
                if (alert.action === 'login') runAction('crm.login', String(alert.link_id));
                return;
              }
              void navigate({ to: '/channels' });
              if (alert.action && alert.account_id !== null) helpOut(alert.action, alert.account_id);
            }}
          >
            {t(`bell.action.${alert.action}`)}
          </Button>
        )}
      </div>
    </article>
  );
}

/** In a browser notifications need a permission, and that needs a click. */
function Permission() {
  const { t } = useTranslation();
  const host = useHost();
  const [state, setState] = useState(() => (typeof Notification === 'undefined' ? 'denied' : Notification.permission));
  if (host.kind !== 'browser' || state !== 'default') return null;
  return (
    <div className={s.foot}>
      <Button variant="subtle" size="compact-xs" onClick={() => void Notification.requestPermission().then(setState)}>
        {t('bell.allow')}
      </Button>
    </div>
  );
}

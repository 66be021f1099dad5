import { Tooltip } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { countsQuery } from '@/features/inbox';
import { accountsQuery } from '@/shared/api/accounts';
import { useBoot } from '@/shared/api/boot';
import { useCall } from '@/shared/api/rpc';
import { needsPerson } from '@/shared/channels/ConnectionLine';
import { Icon } from '@/shared/ui/Icon';
import { Bell } from './Bell';
import { DemoMark } from './DemoMark';
import { DoNotDisturb } from './DoNotDisturb';
import { Me } from './Me';
import { footPlaces, places, type Place } from './places';
import s from './Rail.module.css';

/** The sections, and at the foot what concerns the person in front of the window. */
export function Rail() {
  const { t } = useTranslation();
  const call = useCall();
  const unread = useQuery(countsQuery(call)).data?.unread ?? 0;
  const broken = useQuery(accountsQuery(call)).data?.some((row) => row.active && needsPerson(row.connection.status)) ?? false;
  const demo = useBoot()?.workspace.demo ?? false;

  useEffect(() => {
    document.title = `${unread ? `(${unread}) ` : ''}${t('app')}`;
  }, [unread, t]);

  const place = ({ to, label, icon }: Place) => (
    <Tooltip key={to} label={t(label)} position="right">
      <Link to={to} className={s.item} aria-label={t(label)} activeProps={{ 'aria-current': 'page' }}>
        <Icon of={icon} size={20} stroke={1.75} />
        {to === '/chats' && unread > 0 && (
          <b className={s.badge} aria-label={t('inbox.list.unreadCount', { count: unread })}>
            {unread > 99 ? '99+' : unread}
          </b>
        )}
        {to === '/channels' && broken && <i className={s.alert} role="img" aria-label={t('bell.broken')} />}
      </Link>
    </Tooltip>
  );
  return (
    <nav className={s.rail} aria-label={t('places.nav')}>
      {places.map(place)}
      <span className={s.grow} />
      {demo && <DemoMark />}
      <Bell />
      <DoNotDisturb />
      {footPlaces.map(place)}
      <Me />
    </nav>
  );
}

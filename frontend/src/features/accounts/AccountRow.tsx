import { Checkbox, Menu, Switch } from '@mantine/core';
import { Ellipsis, LogIn, Pencil, RefreshCw, Route, ShieldQuestionMark, Trash2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { AccountRow as Row } from '@/shared/api/schema.gen';
import { useChannel } from '@/shared/channels/channels';
import { useFormat } from '@/shared/lib/format';
import { Tool } from '@/shared/ui/bits';
import { ChannelMark } from '@/shared/ui/ChannelMark';
import { Icon } from '@/shared/ui/Icon';
import { ask } from './actions';
import { useAgo } from './ago';
import { useActivate, useRetry } from './queries';
import { StateCell } from './StateCell';
import s from './AccountsTable.module.css';

export function AccountRow({ row, picked, onPick }: { row: Row; picked: boolean; onPick: (on: boolean) => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const activate = useActivate();
  const channel = useChannel(row.channel);
  const off = !row.active;
  const second = [row.handle, channel?.name ?? row.channel].filter(Boolean).join(' · ');
  return (
    <tr data-on={picked || undefined} data-off={off || undefined}>
      <td>
        <Checkbox aria-label={t('accounts.pick', { name: row.name })} checked={picked} onChange={(e) => onPick(e.currentTarget.checked)} />
      </td>
      <td>
        <button
          type="button"
          className={s.name}
          title={`${row.name}\n${second}`}
          aria-label={t('accounts.editOf', { name: row.name })}
          onClick={() => ask('edit', row.id)}
        >
          {channel && <ChannelMark mark={channel.mark} size={26} />}
          <span className={s.two}>
            <b className="cut">{row.name}</b>
            <small className="cut">{second}</small>
          </span>
        </button>
      </td>
      <td>
        <StateCell row={row} />
      </td>
      <td data-num>
        {off && row.today_in + row.today_out === 0 ? '–' : `${format.number(row.today_in)} / ${format.number(row.today_out)}`}
      </td>
      <td>
        <small>{off || !channel || channel.info.capabilities.write_first.length > 0 ? '–' : t('accounts.answersOnly')}</small>
      </td>
      <td>
        <small className="num">{row.last_seen_at === null ? '–' : <Ago at={row.last_seen_at} />}</small>
      </td>
      <td>
        <Switch
          checked={row.active}
          aria-label={t('accounts.activeOf', { name: row.name })}
          onChange={(e) => activate([row.id], e.currentTarget.checked)}
        />
      </td>
      <td>
        <RowMenu row={row} />
      </td>
    </tr>
  );
}

function Ago({ at }: { at: number }) {
  const format = useFormat();
  return (
    <time dateTime={new Date(at).toISOString()} title={format.dateTime(at)}>
      {useAgo(at)}
    </time>
  );
}

function RowMenu({ row }: { row: Row }) {
  const { t } = useTranslation();
  const retry = useRetry();
  const items = [
    { icon: Pencil, label: t('accounts.menu.edit'), run: () => ask('edit', row.id) },
    { icon: LogIn, label: t('accounts.menu.login'), run: () => ask('login', row.id) },
    { icon: Route, label: t('accounts.menu.proxy'), run: () => ask('proxy', row.id) },
    ...(row.active && row.connection.status !== 'online'
      ? [{ icon: RefreshCw, label: t('accounts.menu.retry'), run: () => retry(row.id) }]
      : []),
    ...(row.quarantined > 0
      ? [{ icon: ShieldQuestionMark, label: t('accounts.menu.quarantine', { n: row.quarantined }), run: () => ask('quarantine', row.id) }]
      : []),
  ];
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Tool label={t('accounts.menu.of', { name: row.name })}>
          <Icon of={Ellipsis} />
        </Tool>
      </Menu.Target>
      <Menu.Dropdown>
        {items.map(({ icon, label, run }) => (
          <Menu.Item key={label} leftSection={<Icon of={icon} size={15} />} onClick={run}>
            {label}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item color="var(--b-bad)" leftSection={<Icon of={Trash2} size={15} />} onClick={() => ask('delete', row.id)}>
          {t('accounts.deleteMore')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

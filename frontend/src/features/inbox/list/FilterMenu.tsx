import type { ReactNode } from 'react';
import { Menu } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Archive, Ban, Check, Inbox, Tag } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { accountsQuery } from '@/shared/api/accounts';
import { useCall } from '@/shared/api/rpc';
import type { ConversationFilter, TagCount } from '@/shared/api/schema.gen';
import { useChannel } from '@/shared/channels/channels';
import { useFormat } from '@/shared/lib/format';
import { ChannelMark } from '@/shared/ui/ChannelMark';
import { Icon } from '@/shared/ui/Icon';
import { Tool } from '@/shared/ui/bits';
import s from './FilterMenu.module.css';

export interface Narrowing {
  account: number | undefined;
  tag: string | undefined;
}

interface Props {
  filter: ConversationFilter;
  onFilter: (filter: ConversationFilter) => void;
  narrowing: Narrowing;
  onNarrow: (change: Narrowing) => void;
  tags: TagCount[];
  children: ReactNode;
}

function Mark({ channel }: { channel: string }) {
  const known = useChannel(channel);
  return known ? <ChannelMark mark={known.mark} size={16} /> : null;
}

/** Narrows the list to a channel, a tag, the archive, or what the filters keep out. */
export function FilterMenu({ filter, onFilter, narrowing, onNarrow, tags, children }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const accounts = useQuery(accountsQuery(useCall())).data ?? [];
  const { account, tag } = narrowing;
  const set = account !== undefined || tag !== undefined || filter === 'archived' || filter === 'filtered';
  const tick = (on: boolean) => (on ? <Icon of={Check} size={14} /> : undefined);

  return (
    <Menu position="bottom-end" width={260}>
      <Menu.Target>
        <Tool label={t('inbox.list.narrow')} on={set}>
          {children}
        </Tool>
      </Menu.Target>
      <Menu.Dropdown className={s.menu}>
        {accounts.length > 0 && <Menu.Label>{t('inbox.list.byChannel')}</Menu.Label>}
        {accounts.map((row) => (
          <Menu.Item
            key={row.id}
            leftSection={<Mark channel={row.channel} />}
            rightSection={tick(account === row.id)}
            onClick={() => onNarrow({ ...narrowing, account: account === row.id ? undefined : row.id })}
          >
            <span className="cut">{row.name}</span>
          </Menu.Item>
        ))}
        {tags.length > 0 && <Menu.Label>{t('inbox.list.byTag')}</Menu.Label>}
        {tags.map((one) => (
          <Menu.Item
            key={one.tag}
            leftSection={<Icon of={Tag} size={15} />}
            rightSection={tag === one.tag ? tick(true) : <span className={s.n}>{format.number(one.count)}</span>}
            onClick={() => onNarrow({ ...narrowing, tag: tag === one.tag ? undefined : one.tag })}
          >
            <span className="cut">{one.tag}</span>
          </Menu.Item>
        ))}
        {(accounts.length > 0 || tags.length > 0) && <Menu.Divider />}
        <Menu.Item
          leftSection={<Icon of={Archive} size={15} />}
          rightSection={tick(filter === 'archived')}
          onClick={() => onFilter(filter === 'archived' ? 'all' : 'archived')}
        >
          {t('inbox.filter.archived')}
        </Menu.Item>
        <Menu.Item
          leftSection={<Icon of={Ban} size={15} />}
          rightSection={tick(filter === 'filtered')}
          onClick={() => onFilter(filter === 'filtered' ? 'all' : 'filtered')}
        >
          {t('inbox.filter.filtered')}
        </Menu.Item>
        {set && (
          <Menu.Item
            leftSection={<Icon of={Inbox} size={15} />}
            onClick={() => {
              onFilter('all');
              onNarrow({ account: undefined, tag: undefined });
            }}
          >
            {t('inbox.list.showAll')}
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}

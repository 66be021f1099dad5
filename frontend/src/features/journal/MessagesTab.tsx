import { useMemo } from 'react';
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { ArrowDownLeft, ArrowUpRight } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { accountsQuery } from '@/shared/api/accounts';
import type { JournalItem, LinkRow } from '@/shared/api/schema.gen';
import { useCall } from '@/shared/api/rpc';
import { useChannel } from '@/shared/channels/channels';
import { useReasonText } from '@/shared/channels/useReasonText';
import { useFormat } from '@/shared/lib/format';
import { useLook } from '@/shared/lib/look';
import { Chip } from '@/shared/ui/bits';
import { ChannelMark } from '@/shared/ui/ChannelMark';
import { Icon } from '@/shared/ui/Icon';
import { Failed, Loading, Nothing } from '@/shared/ui/States';
import t from '@/shared/ui/Table.module.css';
import { hasFilters, messagesOf, noFilters, syncStates, type JournalAddress } from './address';
import { AccountFilter, ClientFilter, ColumnFilter } from './ColumnFilter';
import type { TabProps } from './JournalPage';
import { MessagePanel } from './MessagePanel';
import { useMessages } from './queries';
import { Rows } from './Rows';
import { SyncChip } from './StateChip';
import { Totals } from './Totals';
import s from './Journal.module.css';

/** LOG-1: every message with its way to each CRM; a click opens its own journal. */
export function MessagesTab({ links, address, go, onConversation, previewText }: TabProps & { links: LinkRow[] }) {
  const { t: say } = useTranslation();
  const { timeZone } = useLook();
  const query = useMemo(() => messagesOf(address, timeZone, Date.now()), [address, timeZone]);
  const { data, error, isFetching, hasNextPage, fetchNextPage, refetch } = useMessages(query);
  const columns = (
    <colgroup>
      <col className={s.channel} />
      <col className={s.client} />
      <col />
      <col className={s.context} />
      <col className={s.time} />
      {links.map((link) => (
        <col key={link.id} className={s.state} />
      ))}
    </colgroup>
  );
  return (
    <>
      <Totals query={query} links={links} />
      <div className={s.split}>
        <div className={s.main}>
          {!data &&
            (error ? <Failed title={say('journal.failed')} cause={error} busy={isFetching} onAgain={() => void refetch()} /> : <Loading />)}
          {data && (
            <Rows
              label={say('journal.messages')}
              rows={data}
              chosen={address.message}
              columns={columns}
              head={<Head links={links} address={address} go={go} />}
              cells={(row) => <Cells row={row} links={links} words={previewText(say, row.preview)} />}
              onRow={(id) => go({ message: address.message === id ? undefined : id })}
              onEnd={() => hasNextPage && void fetchNextPage()}
            />
          )}
          {data?.length === 0 && (
            <Nothing
              title={say('journal.none')}
              text={say(hasFilters(address) ? 'journal.noneFiltered' : 'journal.noneHint')}
              step={
                hasFilters(address) && (
                  <Button variant="default" onClick={() => go(noFilters)}>
                    {say('journal.dropFilters')}
                  </Button>
                )
              }
            />
          )}
        </div>
        {address.message !== undefined && (
          <MessagePanel
            key={address.message}
            id={address.message}
            row={data?.find((one) => one.id === address.message)}
            links={links}
            previewText={previewText}
            onClose={() => go({ message: undefined })}
            onConversation={onConversation}
          />
        )}
      </div>
    </>
  );
}

function Head({ links, address, go }: { links: LinkRow[]; address: JournalAddress; go: TabProps['go'] }) {
  const { t: say } = useTranslation();
  const stands = (link: number, label: string) => (
    <ColumnFilter
      label={label}
      any={say('journal.anyOne')}
      value={address.link === link ? (address.state ?? null) : null}
      options={syncStates.map((value) => ({ value, label: say(`journal.sync.${value}`) }))}
      onChange={(value) => go({ link: value === null ? undefined : link, state: syncStates.find((one) => one === value) })}
    />
  );
  return (
    <>
      <tr>
        <th scope="col">{say('journal.col.channel')}</th>
        <th scope="col">{say('journal.col.client')}</th>
        <th scope="col">{say('journal.col.content')}</th>
        <th scope="col">{say('journal.col.context')}</th>
        <th scope="col">{say('journal.col.written')}</th>
        {links.map((link) => (
          <th key={link.id} scope="col" className="cut" title={link.name}>
            {link.name}
          </th>
        ))}
      </tr>
      <tr className={s.filters}>
        <th>
          <AccountFilter label={say('journal.col.channel')} address={address} go={go} />
        </th>
        <th>
          <ClientFilter address={address} go={go} />
        </th>
        <th />
        <th>
          <ColumnFilter
            label={say('journal.col.context')}
            any={say('journal.all')}
            value={address.dir ?? null}
            options={(['in', 'out'] as const).map((value) => ({ value, label: say(`journal.dir.${value}Long`) }))}
            onChange={(value) => go({ dir: value === 'in' || value === 'out' ? value : undefined })}
          />
        </th>
        <th />
        {links.map((link) => (
          <th key={link.id}>{stands(link.id, link.name)}</th>
        ))}
      </tr>
    </>
  );
}

function Cells({ row, links, words }: { row: JournalItem; links: LinkRow[]; words: string }) {
  const { t: say } = useTranslation();
  const format = useFormat();
  const reason = useReasonText();
  const channel = useChannel(row.channel);
  const account = useQuery(accountsQuery(useCall())).data?.find((one) => one.id === row.account_id);
  const out = row.direction === 'out';
  return (
    <>
      <td>
        <span className={t.cell}>
          {channel && <ChannelMark mark={channel.mark} />}
          <span className="cut" title={account?.name}>
            {account?.name ?? channel?.name ?? row.channel}
          </span>
        </span>
      </td>
      <td title={row.client}>{row.client}</td>
      <td>
        <button type="button" className={s.open} title={words}>
          {words}
        </button>
        {row.judged && (
          <span className={s.judged} title={reason(row.judged)}>
            <Chip>{say('journal.sync.filtered')}</Chip>
          </span>
        )}
      </td>
      <td>
        {row.direction !== 'system' && (
          <span className={s.dir} data-out={out || undefined} title={row.title ?? undefined}>
            <Icon of={out ? ArrowUpRight : ArrowDownLeft} size={14} />
            {say(out ? 'journal.dir.out' : 'journal.dir.in')}
            {row.kind === 'comments' && <small>{say('journal.post')}</small>}
          </span>
        )}
      </td>
      <td>
        <small className="num" title={format.dateTime(row.written_at)}>
          {format.moment(row.written_at)}
        </small>
      </td>
      {links.map((link) => {
        const sync = row.syncs.find((one) => one.link_id === link.id);
        return <td key={link.id}>{sync ? <SyncChip state={sync.status} reason={sync.reason} /> : <small>–</small>}</td>;
      })}
    </>
  );
}

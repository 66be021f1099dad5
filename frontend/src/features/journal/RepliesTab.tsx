import { useMemo } from 'react';
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Paperclip, RotateCw } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { accountsQuery } from '@/shared/api/accounts';
import type { LinkRow, ReplyItem } from '@/shared/api/schema.gen';
import { useCall, useRpcMutation } from '@/shared/api/rpc';
import { useChannel } from '@/shared/channels/channels';
import { useFormat } from '@/shared/lib/format';
import { useLook } from '@/shared/lib/look';
import { useErrorText } from '@/shared/lib/useErrorText';
import { Tool } from '@/shared/ui/bits';
import { ChannelMark } from '@/shared/ui/ChannelMark';
import { complain } from '@/shared/ui/complain';
import { Icon } from '@/shared/ui/Icon';
import { Failed, Loading, Nothing } from '@/shared/ui/States';
import t from '@/shared/ui/Table.module.css';
import { hasFilters, noFilters, repliesOf, replyStates, type JournalAddress } from './address';
import { AccountFilter, ClientFilter, ColumnFilter } from './ColumnFilter';
import type { TabProps } from './JournalPage';
import { useReplies } from './queries';
import { Rows } from './Rows';
import { ReplyChip } from './StateChip';
import s from './Journal.module.css';

/** LOG-2: what managers wrote in a CRM, on its way to the client. */
export function RepliesTab({ links, address, go, onConversation }: TabProps & { links: LinkRow[] }) {
  const { t: say } = useTranslation();
  const { timeZone } = useLook();
  const query = useMemo(() => repliesOf(address, timeZone, Date.now()), [address, timeZone]);
  const { data, error, isFetching, hasNextPage, fetchNextPage, refetch } = useReplies(query);
  const columns = (
    <colgroup>
      <col className={s.client} />
      <col className={s.channel} />
      <col className={s.client} />
      <col />
      <col className={s.time} />
      <col className={s.state} />
      <col className={s.tries} />
      <col className={s.time} />
      <col className={s.act} />
    </colgroup>
  );
  return (
    <div className={s.main}>
      {!data &&
        (error ? <Failed title={say('journal.failed')} cause={error} busy={isFetching} onAgain={() => void refetch()} /> : <Loading />)}
      {data && (
        <Rows
          label={say('journal.replies')}
          rows={data}
          columns={columns}
          head={<Head links={links} address={address} go={go} />}
          cells={(row) => <Cells row={row} links={links} onConversation={onConversation} />}
          onEnd={() => hasNextPage && void fetchNextPage()}
        />
      )}
      {data?.length === 0 && (
        <Nothing
          title={say('journal.noReplies')}
          text={say(hasFilters(address) ? 'journal.noneFiltered' : 'journal.noRepliesHint')}
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
  );
}

function Head({ links, address, go }: { links: LinkRow[]; address: JournalAddress; go: TabProps['go'] }) {
  const { t: say } = useTranslation();
  return (
    <>
      <tr>
        <th scope="col">{say('journal.col.from')}</th>
        <th scope="col">{say('journal.col.to')}</th>
        <th scope="col">{say('journal.col.client')}</th>
        <th scope="col">{say('journal.col.text')}</th>
        <th scope="col">{say('journal.col.written')}</th>
        <th scope="col">{say('journal.col.state')}</th>
        <th scope="col" data-num>
          {say('journal.col.attempts')}
        </th>
        <th scope="col">{say('journal.col.updated')}</th>
        <th>
          <span className="unseen">{say('act.more')}</span>
        </th>
      </tr>
      <tr className={s.filters}>
        <th>
          <ColumnFilter
            label={say('journal.col.from')}
            any={say('journal.all')}
            value={address.link === undefined ? null : String(address.link)}
            options={links.map((link) => ({ value: String(link.id), label: link.name }))}
            onChange={(value) => go({ link: value === null ? undefined : Number(value) })}
          />
        </th>
        <th>
          <AccountFilter label={say('journal.col.to')} address={address} go={go} />
        </th>
        <th>
          <ClientFilter address={address} go={go} />
        </th>
        <th />
        <th />
        <th>
          <ColumnFilter
            label={say('journal.col.state')}
            any={say('journal.anyOne')}
            value={address.state ?? null}
            options={replyStates.map((value) => ({ value, label: say(`journal.reply.${value}`) }))}
            onChange={(value) => go({ state: replyStates.find((one) => one === value) })}
          />
        </th>
        <th />
        <th />
        <th />
      </tr>
    </>
  );
}

function Cells({ row, links, onConversation }: { row: ReplyItem; links: LinkRow[]; onConversation: TabProps['onConversation'] }) {
  const { t: say } = useTranslation();
  const format = useFormat();
  const errorText = useErrorText();
  const channel = useChannel(row.channel ?? undefined);
  const account = useQuery(accountsQuery(useCall())).data?.find((one) => one.id === row.account_id);
  const retry = useRpcMutation('replies.retry');
  const link = links.find(({ id }) => id === row.link_id)?.name;
  const author = row.automatic ? say('journal.byCrm') : row.author;
  const { conversation_id } = row;
  return (
    <>
      <td title={[link, author].filter(Boolean).join(' · ')}>{[author, link].filter(Boolean).join(' · ')}</td>
      <td>
        <span className={t.cell}>
          {channel && <ChannelMark mark={channel.mark} />}
          <span className="cut">{account?.name ?? channel?.name ?? '–'}</span>
        </span>
      </td>
      <td>
        {conversation_id === null ? (
          <small>{say('journal.nobodyYet')}</small>
        ) : (
          <button type="button" className={s.open} title={say('journal.openConversation')} onClick={() => onConversation(conversation_id)}>
            {row.client}
          </button>
        )}
      </td>
      <td title={row.text}>
        {row.files.length > 0 && (
          <span className={s.clip} title={row.files.join('\n')}>
            <Icon of={Paperclip} size={13} label={row.files.join(', ')} />
          </span>
        )}
        {row.text || row.files[0]}
      </td>
      <td>
        <small className="num" title={format.dateTime(row.written_at)}>
          {format.moment(row.written_at)}
        </small>
      </td>
      <td>
        <ReplyChip state={row.status} reason={row.reason} />
      </td>
      <td data-num>{row.attempts}</td>
      <td>
        <small className="num" title={format.dateTime(row.updated_at)}>
          {format.moment(row.updated_at)}
        </small>
      </td>
      <td>
        {row.status === 'failed' && (
          <Tool
            label={say('act.retry')}
            onClick={() => retry.mutate({ reply_id: row.id }, { onError: (cause) => complain(errorText(cause)) })}
          >
            <Icon of={RotateCw} size={15} />
          </Tool>
        )}
      </td>
    </>
  );
}

import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { JournalFilter, LinkRow } from '@/shared/api/schema.gen';
import { useRpcMutation } from '@/shared/api/rpc';
import { useFormat } from '@/shared/lib/format';
import { useErrorText } from '@/shared/lib/useErrorText';
import { complain, tell } from '@/shared/ui/complain';
import { useTotals } from './queries';
import s from './Journal.module.css';

/** What the period holds, and what is stuck on its way to a CRM. */
export function Totals({ query, links }: { query: JournalFilter; links: LinkRow[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const errorText = useErrorText();
  const { data } = useTotals(query);
  const retry = useRpcMutation('journal.retry', { onSuccess: ({ count }) => tell(t('journal.retried', { count })) });
  const mine = links.filter(({ id }) => query.link_id === null || id === query.link_id);
  const stuck = mine.filter(({ failed }) => failed > 0);
  const sum = (of: 'failed' | 'queued') => mine.reduce((all, link) => all + link[of], 0);
  const one = (count: number, text: string, tone?: 'bad') => (
    <span>
      <b data-tone={count > 0 ? tone : undefined}>{format.number(count)}</b>
      {text}
    </span>
  );
  return (
    <div className={s.totals} role="status">
      {data && (
        <>
          {one(data.incoming, t('journal.total.incoming', { count: data.incoming }))}
          {one(data.outgoing, t('journal.total.outgoing', { count: data.outgoing }))}
          {one(data.clients, t('journal.total.clients', { count: data.clients }))}
        </>
      )}
      <i />
      {links.length > 0 && one(sum('failed'), t('journal.total.failed'), 'bad')}
      {links.length > 0 && one(sum('queued'), t('journal.total.queued'))}
      {stuck.map((link) => (
        <Button
          key={link.id}
          variant="subtle"
          size="compact-sm"
          loading={retry.isPending}
          onClick={() => retry.mutate({ link_id: link.id, message_ids: [] }, { onError: (cause) => complain(errorText(cause)) })}
        >
          {stuck.length > 1 ? t('journal.retryFailedOf', { crm: link.name }) : t('journal.retryFailed')}
        </Button>
      ))}
    </div>
  );
}

import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { CrmLinkRow, JournalQuery } from '@/shared/api/planned';
import { useRpcMutation } from '@/shared/api/rpc';
import { useFormat } from '@/shared/lib/format';
import { useErrorText } from '@/shared/lib/useErrorText';
import { complain, tell } from '@/shared/ui/complain';
import { useTotals } from './queries';
import s from './Journal.module.css';

/** What the period holds, and what is stuck in it. */
export function Totals({ query, links }: { query: JournalQuery; links: CrmLinkRow[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const errorText = useErrorText();
  const { data } = useTotals(query);
  const retry = useRpcMutation('journal.retry', { onSuccess: ({ queued }) => tell(t('journal.retried', { count: queued })) });
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
          <i />
          {links.length > 0 && one(data.failed, t('journal.total.failed'), 'bad')}
          {links.length > 0 && one(data.queued, t('journal.total.queued'))}
          {links.length > 0 && data.failed > 0 && (
            <Button
              variant="subtle"
              size="compact-sm"
              loading={retry.isPending}
              onClick={() =>
                retry.mutate({ message_ids: null, link_id: query.link_id }, { onError: (cause) => complain(errorText(cause)) })
              }
            >
              {t('journal.retryFailed')}
            </Button>
          )}
        </>
      )}
    </div>
  );
}

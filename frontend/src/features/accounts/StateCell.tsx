import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { AccountRow, Connection } from '@/shared/api/schema.gen';
import { ConnectionLine } from '@/shared/channels/ConnectionLine';
import { useReasonText } from '@/shared/channels/useReasonText';
import { useFormat } from '@/shared/lib/format';
import { useNow } from '@/shared/lib/useNow';
import { ask, wayOut } from './actions';
import s from './AccountsTable.module.css';

/** How a channel is, why, and the way out as a button. */
export function StateCell({ row }: { row: AccountRow }) {
  const { t } = useTranslation();
  const { connection } = row;
  const status = row.active ? connection.status : 'off';
  return (
    <span className={s.cell}>
      <span className={s.two}>
        <ConnectionLine status={status} />
        <Why connection={connection} off={status === 'off'} />
        {row.quarantined > 0 && (
          <button type="button" className={s.kept} onClick={() => ask('quarantine', row.id)}>
            {t('accounts.quarantined', { count: row.quarantined })}
          </button>
        )}
      </span>
      {connection.action && status !== 'off' && (
        <Button
          size="compact-sm"
          variant="outline"
          className={s.act}
          onClick={() => connection.action && ask(wayOut[connection.action], row.id)}
        >
          {t(`accounts.wayOut.${connection.action}`)}
        </Button>
      )}
    </span>
  );
}

function Why({ connection, off }: { connection: Connection; off: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  const reasonText = useReasonText();
  const reason = connection.reason && reasonText(connection.reason);
  const says = off ? (reason ?? t('accounts.offSince', { date: format.date(connection.since) })) : reason;
  if (!says && !connection.retry_at) return null;
  return (
    <span className={s.why} title={says ?? undefined}>
      {says}
      {says && connection.retry_at && !off && ' '}
      {!off && connection.retry_at !== null && <NextTry attempt={connection.attempt} at={connection.retry_at} />}
    </span>
  );
}

/** «Попытка 3, следующая через 8 с», counting down. */
function NextTry({ attempt, at }: { attempt: number; at: number }) {
  const { t } = useTranslation();
  const format = useFormat();
  const left = Math.ceil((at - useNow(1000)) / 1000);
  if (left <= 0) return <>{t('accounts.tryingNow', { n: attempt + 1 })}</>;
  return <>{t('accounts.nextTry', { n: attempt, wait: left < 60 ? t('accounts.seconds', { n: left }) : format.wait(left * 1000) })}</>;
}

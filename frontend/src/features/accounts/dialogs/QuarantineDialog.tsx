import { useState } from 'react';
import { Button, Loader } from '@mantine/core';
import { Copy } from 'lucide-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { rpcQuery, useCall } from '@/shared/api/rpc';
import type { AccountRow, QuarantineRow } from '@/shared/api/schema.gen';
import { useErrorText } from '@/shared/lib/useErrorText';
import { useFormat } from '@/shared/lib/format';
import { Dialog } from '@/shared/ui/Dialog';
import { Icon } from '@/shared/ui/Icon';
import { Note } from '@/shared/ui/Form';
import s from './dialogs.module.css';

/** Updates that could not be understood: kept as they came, with what is wrong. */
export function QuarantineDialog({ row, onClose }: { row: AccountRow; onClose: () => void }) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const { data, error, refetch } = useQuery(rpcQuery(useCall(), 'accounts.quarantine', { account_id: row.id }, ['accounts']));
  return (
    <Dialog
      title={t('accounts.quarantine.title')}
      width={700}
      opened
      onClose={onClose}
      closeLabel={t('act.close')}
      footer={
        <>
          <span className={s.grow}>{row.name}</span>
          {data && data.length > 0 && <CopyAll rows={data} />}
          <Button onClick={onClose} data-autofocus>
            {t('act.close')}
          </Button>
        </>
      }
    >
      <div className={s.form}>
        <p>{t('accounts.quarantine.text')}</p>
        {!data && !error && (
          <div className={s.line} role="status">
            <Loader size={14} />
            {t('accounts.loading')}
          </div>
        )}
        {error && (
          <Note
            tone="bad"
            action={
              <Button variant="default" size="compact-sm" onClick={() => void refetch()}>
                {t('act.retry')}
              </Button>
            }
          >
            {errorText(error)}
          </Note>
        )}
        {data?.length === 0 && <p>{t('accounts.quarantine.none')}</p>}
        {data && data.length > 0 && (
          <ul className={s.kept}>
            {data.map((each) => (
              <Kept key={each.id} row={each} />
            ))}
          </ul>
        )}
      </div>
    </Dialog>
  );
}

function pretty(raw: string): string {
  try {
    return JSON.stringify(JSON.parse(raw), null, 2);
  } catch {
    return raw;
  }
}

function Kept({ row }: { row: QuarantineRow }) {
  const format = useFormat();
  return (
    <li>
      <details>
        <summary>
          <time className="num">{format.dateTime(row.received_at)}</time>
          <span className="mono">{row.problem}</span>
        </summary>
        <pre className="mono">{pretty(row.raw)}</pre>
      </details>
    </li>
  );
}

function CopyAll({ rows }: { rows: QuarantineRow[] }) {
  const { t } = useTranslation();
  const [copied, setCopied] = useState(false);
  const all = () => rows.map(({ received_at, problem, raw }) => `${new Date(received_at).toISOString()} ${problem}\n${raw}`).join('\n\n');
  return (
    <Button
      variant="default"
      leftSection={<Icon of={Copy} size={15} />}
      onClick={() => void navigator.clipboard.writeText(all()).then(() => setCopied(true))}
    >
      {t(copied ? 'connect.copied' : 'accounts.quarantine.copy')}
    </Button>
  );
}

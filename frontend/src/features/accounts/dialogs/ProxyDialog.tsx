import { useState, type FormEvent } from 'react';
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { rpcQuery, useCall } from '@/shared/api/rpc';
import type { AccountRow } from '@/shared/api/schema.gen';
import { useReasonText } from '@/shared/channels/useReasonText';
import { useErrorText, useFieldErrors } from '@/shared/lib/useErrorText';
import { Dialog } from '@/shared/ui/Dialog';
import { Note } from '@/shared/ui/Form';
import { isProxy } from '../network';
import { ProxyField } from '../NetworkFields';
import s from './dialogs.module.css';

interface Refused {
  row: AccountRow;
  why: string;
}

/** One proxy for one channel or for several. */
export function ProxyDialog({ rows, onClose }: { rows: AccountRow[]; onClose: () => void }) {
  const { t } = useTranslation();
  const call = useCall();
  const reasonText = useReasonText();
  const errorText = useErrorText();
  const fieldErrors = useFieldErrors();
  const [first] = rows;
  const one = rows.length === 1 ? first : undefined;
  const details = useQuery({ ...rpcQuery(call, 'accounts.get', { account_id: one?.id ?? 0 }, ['accounts']), enabled: one !== undefined });
  const [typed, setTyped] = useState<string | null>(null);
  const [bad, setBad] = useState(false);
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<Refused[]>([]);
  const proxy = typed ?? details.data?.proxy ?? '';

  const save = async (event: FormEvent) => {
    event.preventDefault();
    setBad(!isProxy(proxy));
    if (!isProxy(proxy)) return;
    setBusy(true);
    const answers = await Promise.allSettled(rows.map((row) => call('accounts.update', { account_id: row.id, proxy: proxy.trim() })));
    const failed = answers.flatMap((answer, i) => {
      const row = rows[i];
      return answer.status === 'rejected' && row ? [{ row, why: fieldErrors(answer.reason)['proxy'] ?? errorText(answer.reason) }] : [];
    });
    setBusy(false);
    setRefused(failed);
    if (failed.length === 0) onClose();
  };
  const said = one && refused[0] ? refused[0].why : undefined;

  return (
    <Dialog
      title={one ? t('accounts.proxy.titleOne', { name: one.name }) : t('accounts.proxy.title', { count: rows.length })}
      opened
      onClose={onClose}
      closeLabel={t('act.close')}
      footer={
        <>
          <Button variant="default" onClick={onClose}>
            {t('act.cancel')}
          </Button>
          <Button type="submit" form="proxy-form" loading={busy} disabled={one !== undefined && !details.data && !details.error}>
            {t('accounts.proxy.save')}
          </Button>
        </>
      }
    >
      <form id="proxy-form" className={s.form} onSubmit={(event) => void save(event)}>
        {one?.connection.reason && one.connection.action === 'set_proxy' && <Note tone="warn">{reasonText(one.connection.reason)}</Note>}
        <p>{t('accounts.proxy.text')}</p>
        <ProxyField
          autoFocus
          value={proxy}
          error={bad ? t('accounts.form.badProxy') : said}
          onChange={(value) => {
            setTyped(value);
            setBad(false);
            setRefused([]);
          }}
        />
        {details.error && <Note tone="bad">{errorText(details.error)}</Note>}
        {!one && refused.length > 0 && (
          <Note tone="bad">
            {refused.map(({ row, why }) => (
              <div key={row.id}>
                <b>{row.name}</b>: {why}
              </div>
            ))}
          </Note>
        )}
      </form>
    </Dialog>
  );
}

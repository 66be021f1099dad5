import { useState } from 'react';
import { Button, Loader } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { rpcQuery, useCall, useRpcMutation } from '@/shared/api/rpc';
import type { AccountRow } from '@/shared/api/schema.gen';
import { useErrorText } from '@/shared/lib/useErrorText';
import { useFormat } from '@/shared/lib/format';
import { Dialog } from '@/shared/ui/Dialog';
import { Choices, DangerButton, Note } from '@/shared/ui/Form';
import s from './dialogs.module.css';

/** Asks before channels go, and says by number what goes with them. */
export function DeleteDialog({ rows, onClose }: { rows: AccountRow[]; onClose: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const call = useCall();
  const errorText = useErrorText();
  const account_ids = rows.map((row) => row.id);
  const preview = useQuery({ ...rpcQuery(call, 'accounts.deletion_preview', { account_ids }, ['accounts']), gcTime: 0, staleTime: 0 });
  const { mutate, isPending, error } = useRpcMutation('accounts.delete', { onSuccess: onClose });
  const [history, setHistory] = useState<'keep' | 'lose'>('keep');
  const lost = preview.data;
  const [first] = rows;

  const conversations = lost && t('accounts.delete.conversations', { count: lost.conversations, n: format.number(lost.conversations) });
  const messages = lost && t('accounts.delete.messages', { count: lost.messages, n: format.number(lost.messages) });

  return (
    <Dialog
      title={
        rows.length === 1 && first
          ? t('accounts.delete.titleOne', { name: first.name })
          : t('accounts.delete.title', { count: rows.length })
      }
      opened
      onClose={onClose}
      closeLabel={t('act.close')}
      footer={
        <>
          <Button variant="default" onClick={onClose} data-autofocus>
            {t('act.cancel')}
          </Button>
          <DangerButton disabled={!lost} loading={isPending} onClick={() => mutate({ account_ids, with_history: history === 'lose' })}>
            {t(history === 'lose' ? 'accounts.delete.doAll' : 'accounts.delete.do', { count: rows.length })}
          </DangerButton>
        </>
      }
    >
      <div className={s.form}>
        {rows.length > 1 && (
          <ul className={s.names}>
            {rows.map((row) => (
              <li key={row.id}>{row.name}</li>
            ))}
          </ul>
        )}
        <p>{t('accounts.delete.text', { count: rows.length })}</p>
        {preview.isLoading && (
          <div className={s.line} role="status">
            <Loader size={14} />
            {t('accounts.delete.counting')}
          </div>
        )}
        {preview.error && (
          <Note
            tone="bad"
            action={
              <Button variant="default" size="compact-sm" onClick={() => void preview.refetch()}>
                {t('act.retry')}
              </Button>
            }
          >
            {errorText(preview.error)}
          </Note>
        )}
        {lost && (
          <>
            {lost.conversations > 0 && (
              <Choices
                label={t('accounts.delete.history')}
                value={history}
                onChange={(value) => setHistory(value === 'lose' ? 'lose' : 'keep')}
                options={[
                  { value: 'keep', title: t('accounts.delete.keep'), text: t('accounts.delete.keepText', { conversations, messages }) },
                  {
                    value: 'lose',
                    title: t('accounts.delete.lose'),
                    text: t('accounts.delete.loseText', { conversations, messages }),
                    tone: 'bad',
                  },
                ]}
              />
            )}
            {lost.unsent > 0 && (
              <Note tone="warn">{t('accounts.delete.unsent', { count: lost.unsent, n: format.number(lost.unsent) })}</Note>
            )}
          </>
        )}
        {error && <Note tone="bad">{errorText(error)}</Note>}
      </div>
    </Dialog>
  );
}

import { Button, Progress } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { rpcQuery, useCall, useRpcMutation } from '@/shared/api/rpc';
import type { AccountId } from '@/shared/api/schema.gen';
import { useFormat } from '@/shared/lib/format';
import s from './Settings.module.css';

/** Judging again goes on while one works elsewhere: how far it is, and the way to stop it; then what it changed. */
export function RejudgeProgress({ accountId }: { accountId: AccountId }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { data } = useQuery(rpcQuery(useCall(), 'filters.progress', { account_id: accountId }, [`rules:${accountId}`]));
  const cancel = useRpcMutation('filters.cancel');
  if (!data) return null;
  if (data.finished_at !== null)
    return (
      <p>
        {t(data.cancelled ? 'channel.rejudge.stopped' : 'channel.rejudge.finished', {
          time: format.stamp(data.finished_at),
          hidden: format.number(data.filtered),
          back: format.number(data.passed),
        })}
      </p>
    );
  return (
    <div className={s.running} role="status">
      <span>{t('channel.rejudge.running', { done: format.number(data.seen), all: format.number(data.conversations) })}</span>
      <Progress size={6} value={(data.seen / Math.max(1, data.conversations)) * 100} aria-label={t('channel.rejudge.title')} />
      <Button variant="default" size="compact-xs" loading={cancel.isPending} onClick={() => cancel.mutate({ account_id: accountId })}>
        {t('channel.rejudge.stop')}
      </Button>
    </div>
  );
}

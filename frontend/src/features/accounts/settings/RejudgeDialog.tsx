import { useState } from 'react';
import { Button, Loader, SegmentedControl } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { rpcQuery, useCall, useRpcMutation } from '@/shared/api/rpc';
import type { AccountId } from '@/shared/api/schema.gen';
import { useReasonText } from '@/shared/channels/useReasonText';
import { useFormat } from '@/shared/lib/format';
import { useErrorText } from '@/shared/lib/useErrorText';
import { Chip } from '@/shared/ui/bits';
import { Dialog } from '@/shared/ui/Dialog';
import { Note } from '@/shared/ui/Form';
import type { Values } from './draft';
import s from './Settings.module.css';

interface Props {
  accountId: AccountId;
  /** Rules that are not saved yet: one can only look what they would do. */
  values?: Values;
  onClose: () => void;
}

const periods = [1, 7, 30] as const;

/** Offers to judge what has already come by the new rules, and shows what would change. */
export function RejudgeDialog({ accountId, values, onClose }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const errorText = useErrorText();
  const reason = useReasonText();
  const [days, setDays] = useState<number>(7);
  const asked = { account_id: accountId, days, ...(values ? { values } : {}) };
  const { data, error } = useQuery({
    ...rpcQuery(useCall(), 'filters.preview', asked, []),
    placeholderData: keepPreviousData,
    staleTime: 0,
  });
  const rejudge = useRpcMutation('filters.rejudge', { onSuccess: onClose });
  const nothing = data !== undefined && data.filtered + data.passed === 0;

  return (
    <Dialog
      title={t(values ? 'channel.rejudge.lookTitle' : 'channel.rejudge.title')}
      width={640}
      opened
      onClose={onClose}
      closeLabel={t('act.close')}
      footer={
        values || nothing ? (
          <Button onClick={onClose}>{t('act.close')}</Button>
        ) : (
          <>
            <Button variant="default" onClick={onClose}>
              {t('channel.rejudge.onlyNew')}
            </Button>
            <Button loading={rejudge.isPending} disabled={!data} onClick={() => rejudge.mutate({ account_id: accountId, days })}>
              {t('channel.rejudge.do', { count: days })}
            </Button>
          </>
        )
      }
    >
      <SegmentedControl
        mb="md"
        aria-label={t('channel.rejudge.period')}
        value={String(days)}
        onChange={(value) => setDays(Number(value))}
        data={periods.map((count) => ({ value: String(count), label: t('channel.rejudge.days', { count }) }))}
      />
      {error && !data && <Note tone="bad">{errorText(error)}</Note>}
      {!error && !data && <Loader size={18} aria-label={t('state.loading')} />}
      {data && (
        <p className={s.count} role="status">
          {nothing
            ? t('channel.rejudge.same')
            : t('channel.rejudge.count', {
                hidden: format.number(data.filtered),
                back: format.number(data.passed),
                all: format.number(data.judged),
              })}
        </p>
      )}
      {data && data.samples.length > 0 && (
        <ul className={s.changes}>
          {data.samples.map((sample) => (
            <li key={sample.message_id}>
              <time className="num">{format.stamp(sample.sent_at)}</time>
              <p title={reason(sample.reason)}>
                <span className="cut">{sample.text}</span>
                <small className="cut">{reason(sample.reason)}</small>
              </p>
              <Chip tone={sample.after === 'pass' ? 'ok' : 'bad'}>
                {t(sample.after === 'pass' ? 'channel.rejudge.appears' : 'channel.rejudge.goes')}
              </Chip>
            </li>
          ))}
        </ul>
      )}
      {rejudge.error && <Note tone="bad">{errorText(rejudge.error)}</Note>}
    </Dialog>
  );
}

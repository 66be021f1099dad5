import { useState } from 'react';
import { Button, Loader, SegmentedControl } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { FilterRules } from '@/shared/api/planned';
import { rpcQuery, useCall, useRpcMutation } from '@/shared/api/rpc';
import type { AccountId } from '@/shared/api/schema.gen';
import { useFormat } from '@/shared/lib/format';
import { useErrorText } from '@/shared/lib/useErrorText';
import { Chip } from '@/shared/ui/bits';
import { Dialog } from '@/shared/ui/Dialog';
import { Note } from '@/shared/ui/Form';
import { tell } from '@/shared/ui/complain';
import s from './Settings.module.css';

interface Props {
  accountId: AccountId;
  rules: FilterRules;
  /** The rules are not saved yet: nothing can be judged by them. */
  onlyLook?: boolean;
  onClose: () => void;
}

const periods = [1, 7, 30] as const;

/** Offers to judge what has already come by the new rules, and shows what would change. */
export function RejudgeDialog({ accountId, rules, onlyLook, onClose }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const errorText = useErrorText();
  const [days, setDays] = useState<number>(7);
  const asked = { account_id: accountId, rules, days };
  const { data, error } = useQuery({
    ...rpcQuery(useCall(), 'filters.preview', asked, []),
    placeholderData: keepPreviousData,
    staleTime: 0,
  });
  const rejudge = useRpcMutation('filters.rejudge', {
    onSuccess: ({ changed }) => {
      tell(t('channel.rejudge.done', { count: changed }));
      onClose();
    },
  });
  const nothing = data?.changes.length === 0;

  return (
    <Dialog
      title={t(onlyLook ? 'channel.rejudge.lookTitle' : 'channel.rejudge.title')}
      width={640}
      opened
      onClose={onClose}
      closeLabel={t('act.close')}
      footer={
        onlyLook || nothing ? (
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
                before: format.number(data.filtered_before),
                after: format.number(data.filtered_after),
                all: format.number(data.incoming),
              })}
        </p>
      )}
      {data && !nothing && (
        <ul className={s.changes}>
          {data.changes.map((change) => (
            <li key={change.message_id}>
              <b className="cut" title={change.title}>
                {change.title}
              </b>
              <span className="cut" style={{ textAlign: 'left' }} title={change.text}>
                {change.text}
              </span>
              <span>
                <Chip tone={change.passes ? 'ok' : 'bad'}>{t(change.passes ? 'channel.rejudge.appears' : 'channel.rejudge.goes')}</Chip>
              </span>
            </li>
          ))}
        </ul>
      )}
      {rejudge.error && <Note tone="bad">{errorText(rejudge.error)}</Note>}
    </Dialog>
  );
}

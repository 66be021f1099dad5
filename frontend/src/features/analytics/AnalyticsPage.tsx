import { useState } from 'react';
import { Button, Menu, SegmentedControl } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Check, Clock, FileSpreadsheet } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { accountsQuery } from '@/shared/api/accounts';
import { rpcQuery, useCall, useRpcMutation } from '@/shared/api/rpc';
import { useFormat } from '@/shared/lib/format';
import { useLook } from '@/shared/lib/look';
import { timeZonePlace } from '@/shared/lib/timeZones';
import { useErrorText } from '@/shared/lib/useErrorText';
import { Tool } from '@/shared/ui/bits';
import { complain, tell } from '@/shared/ui/complain';
import { DateRange } from '@/shared/ui/DateRange';
import { Note } from '@/shared/ui/Form';
import { Icon } from '@/shared/ui/Icon';
import { Page } from '@/shared/ui/Page';
import { Failed, Loading, Nothing } from '@/shared/ui/States';
import { daysOf, spans, type AnalyticsAddress, type Span } from './address';
import { Overview } from './Overview';
import { WorkingHours } from './WorkingHours';
import s from './Analytics.module.css';

interface Props {
  address: AnalyticsAddress;
  go: (change: Partial<AnalyticsAddress>) => void;
  onExports: () => void;
}

const tables = ['days', 'channels', 'operators', 'answers', 'hours', 'sources'] as const;

/** LOG-4: who writes, when, from where, and how soon they are answered; period against period. */
export function AnalyticsPage({ address, go, onExports }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const errorText = useErrorText();
  const { timeZone } = useLook();
  const call = useCall();
  const [hours, setHours] = useState(false);
  const { first, last } = daysOf(address, timeZone, Date.now());
  const question = { first_day: first, last_day: last, account_ids: address.accounts ?? [] };
  const { data, error, isFetching, isPlaceholderData, refetch } = useQuery({
    ...rpcQuery(call, 'analytics.overview', question, ['analytics', 'settings', 'accounts']),
    placeholderData: keepPreviousData,
  });
  const order = useRpcMutation('analytics.export', {
    onSuccess: () =>
      tell(
        <>
          {t('analytics.ordered')}{' '}
          <button type="button" className={s.link} onClick={onExports}>
            {t('analytics.toFiles')}
          </button>
        </>,
      ),
  });
  const own = address.from !== undefined && address.to !== undefined;

  return (
    <Page
      title={t('analytics.title')}
      note={data && t('analytics.note', { period: format.period(first, last), place: timeZonePlace(data.time_zone) })}
      actions={
        <>
          <SegmentedControl
            aria-label={t('analytics.period')}
            value={own ? '' : (address.span ?? 'month')}
            onChange={(value) => go({ span: value as Span, from: undefined, to: undefined })}
            data={spans.map((value) => ({ value, label: t(`analytics.span.${value}`) }))}
          />
          <DateRange required from={first} to={last} onChange={({ from, to }) => go({ from, to })} />
          <Accounts chosen={address.accounts ?? []} onChoose={(accounts) => go({ accounts: accounts.length > 0 ? accounts : undefined })} />
          <Tool label={t('analytics.workingHours')} onClick={() => setHours(true)}>
            <Icon of={Clock} />
          </Tool>
          <Menu position="bottom-end">
            <Menu.Target>
              <Button leftSection={<Icon of={FileSpreadsheet} size={15} />} loading={order.isPending}>
                {t('analytics.toExcel')}
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              {tables.map((table) => (
                <Menu.Item
                  key={table}
                  onClick={() => order.mutate({ ...question, table, format: 'xlsx' }, { onError: (cause) => complain(errorText(cause)) })}
                >
                  {t(`analytics.tables.${table}`)}
                </Menu.Item>
              ))}
            </Menu.Dropdown>
          </Menu>
        </>
      }
    >
      {data && data.behind > 0 && (
        <div className={s.behind}>
          <Note tone="info">{t('analytics.behind', { count: data.behind, n: format.number(data.behind) })}</Note>
        </div>
      )}
      {!data && error && <Failed title={t('analytics.failed')} cause={error} busy={isFetching} onAgain={() => void refetch()} />}
      {!data && !error && <Loading />}
      {data && data.totals.incoming + data.totals.outgoing + data.before.incoming === 0 && (
        <Nothing title={t('analytics.none')} text={t('analytics.noneHint')} />
      )}
      {data && data.totals.incoming + data.totals.outgoing + data.before.incoming > 0 && <Overview data={data} old={isPlaceholderData} />}
      {hours && <WorkingHours onClose={() => setHours(false)} />}
    </Page>
  );
}

function Accounts({ chosen, onChoose }: { chosen: number[]; onChoose: (ids: number[]) => void }) {
  const { t } = useTranslation();
  const accounts = useQuery(accountsQuery(useCall())).data ?? [];
  const only = chosen.length === 1 ? accounts.find(({ id }) => id === chosen[0])?.name : undefined;
  const toggle = (id: number) => onChoose(chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id]);
  return (
    <Menu position="bottom-end" closeOnItemClick={false}>
      <Menu.Target>
        <Button variant="default" className={s.accounts ?? ''}>
          <span className="cut">
            {only ?? (chosen.length > 0 ? t('analytics.channels', { count: chosen.length }) : t('analytics.allChannels'))}
          </span>
        </Button>
      </Menu.Target>
      <Menu.Dropdown mah={340} style={{ overflow: 'auto' }}>
        <Menu.Item rightSection={chosen.length === 0 && <Icon of={Check} size={14} />} onClick={() => onChoose([])}>
          {t('analytics.allChannels')}
        </Menu.Item>
        <Menu.Divider />
        {accounts.map((row) => (
          <Menu.Item key={row.id} rightSection={chosen.includes(row.id) && <Icon of={Check} size={14} />} onClick={() => toggle(row.id)}>
            {row.name}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

import { LineChart } from '@mantine/charts';
import { useTranslation } from 'react-i18next';
import type { AnalyticsDay } from '@/shared/api/schema.gen';
import { useFormat } from '@/shared/lib/format';
import { volumes } from '../figures';
import { Frame } from './Frame';
import { quiet } from './style';
import s from '../Analytics.module.css';

/** How much was written, theirs and ours. */
export function Volumes({ days, label }: { days: AnalyticsDay[]; label: (day: string) => string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const sum = (key: 'incoming' | 'outgoing') => format.number(days.reduce((all, { totals }) => all + totals[key], 0));
  return (
    <Frame
      title={t('analytics.chart.volumes')}
      said={t('analytics.said.volumes', { incoming: sum('incoming'), outgoing: sum('outgoing') })}
      legend={
        <>
          <i>
            <b className={s.line} data-k="incoming" />
            {t('analytics.incoming')}
          </i>
          <i>
            <b className={s.line} data-k="outgoing" />
            {t('analytics.outgoing')}
          </i>
        </>
      }
    >
      <LineChart
        {...quiet}
        data={volumes(days, label)}
        dataKey="day"
        curveType="linear"
        withDots={false}
        strokeWidth={2}
        series={[
          { name: 'incoming', label: t('analytics.incoming'), color: 'var(--b-info)' },
          { name: 'outgoing', label: t('analytics.outgoing'), color: 'var(--b-accentText)' },
        ]}
        lineProps={{ isAnimationActive: false }}
        valueFormatter={format.number}
      />
    </Frame>
  );
}

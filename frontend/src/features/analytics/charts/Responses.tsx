import { LineChart } from '@mantine/charts';
import { useTranslation } from 'react-i18next';
import type { AnalyticsOverview } from '@/shared/api/schema.gen';
import { useFormat } from '@/shared/lib/format';
import { responses } from '../figures';
import { useSpan } from '../useSpan';
import { Frame } from './Frame';
import { quiet } from './style';
import s from '../Analytics.module.css';

/** How long people waited: half of them, nine of ten; the limit of the settings. */
export function Responses({ data, label }: { data: AnalyticsOverview; label: (day: string) => string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const span = useSpan();
  const { median_ms, p90_ms } = data.totals;
  const limit = data.waiting.limit_minutes;
  return (
    <Frame
      title={t('analytics.chart.responses')}
      said={t('analytics.said.responses', {
        median: median_ms === null ? '–' : span(median_ms),
        p90: p90_ms === null ? '–' : span(p90_ms),
      })}
      legend={
        <>
          <i>
            <b className={s.line} data-k="median" />
            {t('analytics.median')}
          </i>
          <i>
            <b className={s.line} data-k="p90" />
            {t('analytics.p90')}
          </i>
          <i>
            <b className={s.line} data-k="limit" />
            {t('analytics.limit', { n: limit })}
          </i>
        </>
      }
    >
      <LineChart
        {...quiet}
        data={responses(data.days, label)}
        dataKey="day"
        curveType="linear"
        // A day between two without answers has no line, only its dot.
        dotProps={{ r: 2, strokeWidth: 0 }}
        strokeWidth={2}
        series={[
          { name: 'median', label: t('analytics.median'), color: 'var(--b-accentText)' },
          { name: 'p90', label: t('analytics.p90'), color: 'var(--b-warn)', strokeDasharray: '5 4' },
        ]}
        lineProps={{ isAnimationActive: false }}
        referenceLines={[{ y: limit, color: 'var(--b-bad)', ifOverflow: 'extendDomain' }]}
        valueFormatter={format.number}
      />
    </Frame>
  );
}

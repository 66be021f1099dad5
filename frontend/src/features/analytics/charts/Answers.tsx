import { BarChart } from '@mantine/charts';
import { useTranslation } from 'react-i18next';
import type { AnalyticsLength } from '@/shared/api/schema.gen';
import { useFormat } from '@/shared/lib/format';
import { useSpan } from '../useSpan';
import { Frame } from './Frame';
import { quiet } from './style';

/** How many answers came within which time. */
export function Answers({ lengths }: { lengths: AnalyticsLength[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const span = useSpan();
  const all = lengths.reduce((sum, { answers }) => sum + answers, 0);
  const within = (at: number) => {
    const minutes = lengths[at]?.minutes;
    if (minutes !== null && minutes !== undefined) return t('analytics.upTo', { time: span(minutes * 60_000) });
    return t('analytics.longer', { time: span((lengths[at - 1]?.minutes ?? 0) * 60_000) });
  };
  return (
    <Frame title={t('analytics.chart.answers')} said={t('analytics.said.answers', { count: all, n: format.number(all) })}>
      <BarChart
        {...quiet}
        data={lengths.map(({ answers }, at) => ({ within: within(at), answers }))}
        dataKey="within"
        series={[{ name: 'answers', label: t('analytics.answers'), color: 'var(--b-accentText)' }]}
        barProps={{ isAnimationActive: false }}
        maxBarWidth={44}
        valueFormatter={format.number}
      />
    </Frame>
  );
}

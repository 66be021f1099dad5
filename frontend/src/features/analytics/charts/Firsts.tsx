import { BarChart } from '@mantine/charts';
import { useTranslation } from 'react-i18next';
import type { AnalyticsOverview } from '@/shared/api/schema.gen';
import { useChannels } from '@/shared/channels/channels';
import { useFormat } from '@/shared/lib/format';
import { ChannelMark } from '@/shared/ui/ChannelMark';
import { firstsByChannel, GONE } from '../figures';
import { Frame } from './Frame';
import { quiet } from './style';

/** More names do not fit beside the title: then the marks alone. */
const NAMED = 6;

/** Clients who wrote for the first time, by network and day. */
export function Firsts({ data, label }: { data: AnalyticsOverview; label: (day: string) => string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const known = useChannels();
  const { points, channels } = firstsByChannel(data, label);
  const drawn = channels.map((id) => {
    const mark = known.find(({ info }) => info.id === id)?.mark;
    return { id, mark, name: mark?.name ?? (id === GONE ? t('analytics.gone') : id), color: mark?.color ?? 'var(--b-faint)' };
  });
  return (
    <Frame
      title={t('analytics.chart.firsts')}
      said={t('analytics.said.firsts', { count: data.totals.firsts, n: format.number(data.totals.firsts) })}
      legend={drawn.map(({ id, mark, name }) => (
        <i key={id} title={name}>
          {mark && <ChannelMark mark={mark} size={14} />}
          {(drawn.length <= NAMED || !mark) && name}
        </i>
      ))}
    >
      <BarChart
        {...quiet}
        data={points}
        dataKey="day"
        type="stacked"
        series={drawn.map(({ id, name, color }) => ({ name: id, label: name, color }))}
        barProps={{ isAnimationActive: false, fillOpacity: 0.88 }}
        maxBarWidth={22}
        valueFormatter={format.number}
      />
    </Frame>
  );
}

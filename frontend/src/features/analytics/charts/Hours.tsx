import { useElementSize } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import { useFormat } from '@/shared/lib/format';
import { Frame } from './Frame';
import s from '../Analytics.module.css';

const MONDAY = Date.UTC(2024, 0, 1);
const DAY = 86_400_000;
/** px: between the cells, for the days at the left, for the hours below, of the highest row. */
const [GAP, LEFT, BELOW, HIGHEST] = [3, 28, 20, 50];
const shade = (part: number): string => `color-mix(in srgb, var(--b-accentText) ${Math.round(part * 100)}%, var(--b-mutedSoft))`;

/** When people write: one hue, the darker the more. */
export function Hours({ hours }: { hours: number[][] }) {
  const { t, i18n } = useTranslation();
  const format = useFormat();
  const short = new Intl.DateTimeFormat(i18n.language, { weekday: 'short', timeZone: 'UTC' });
  const long = new Intl.DateTimeFormat(i18n.language, { weekday: 'long', timeZone: 'UTC' });
  const { ref, width, height } = useElementSize();
  const cell = Math.max(1, (width - LEFT) / 24);
  const row = Math.max(1, Math.min(HIGHEST, (height - BELOW) / 7));
  const cells = hours.flatMap((counts, day) => counts.map((count, hour) => ({ day, hour, count })));
  const most = cells.reduce((top, one) => (one.count > top.count ? one : top), { day: 0, hour: 0, count: 0 });
  const busiest = { day: long.format(MONDAY + most.day * DAY), hour: most.hour, next: most.hour + 1 };
  return (
    <Frame
      title={t('analytics.chart.hours')}
      said={most.count === 0 ? t('analytics.said.noHours') : t('analytics.said.hours', busiest)}
      legend={
        <i>
          {t('analytics.rarer')}
          <em>
            {[0.06, 0.25, 0.45, 0.7, 1].map((part) => (
              <u key={part} style={{ background: shade(part) }} />
            ))}
          </em>
          {t('analytics.oftener')}
        </i>
      }
    >
      <div className={s.heat} ref={ref}>
        <svg width={width} height={row * 7 + BELOW}>
          {cells.map(({ day, hour, count }) => (
            <rect
              key={`${day} ${hour}`}
              x={LEFT + hour * cell}
              y={day * row}
              width={Math.max(0, cell - GAP)}
              height={Math.max(0, row - GAP)}
              rx={3}
              style={{ fill: shade(most.count === 0 ? 0 : count / most.count) }}
            >
              <title>{t('analytics.cell', { day: long.format(MONDAY + day * DAY), hour, count, n: format.number(count) })}</title>
            </rect>
          ))}
          {hours.map((_, day) => (
            <text key={day} x={0} y={day * row + (row - GAP) / 2} dominantBaseline="middle">
              {short.format(MONDAY + day * DAY)}
            </text>
          ))}
          {[0, 3, 6, 9, 12, 15, 18, 21].map((hour) => (
            <text key={hour} x={LEFT + hour * cell} y={row * 7 + 14}>
              {hour}
            </text>
          ))}
        </svg>
      </div>
    </Frame>
  );
}

import '@mantine/charts/styles.css';
import { useTranslation } from 'react-i18next';
import type { AnalyticsOverview } from '@/shared/api/schema.gen';
import { useFormat } from '@/shared/lib/format';
import { Answers } from './charts/Answers';
import { Firsts } from './charts/Firsts';
import { Hours } from './charts/Hours';
import { Responses } from './charts/Responses';
import { Volumes } from './charts/Volumes';
import { answeredShare, growth } from './figures';
import { Channels, Operators, Sources } from './Tables';
import { useSpan } from './useSpan';
import s from './Analytics.module.css';

export function Overview({ data, old }: { data: AnalyticsOverview; old: boolean }) {
  const { i18n } = useTranslation();
  // «21», and the month where it begins.
  const day = new Intl.DateTimeFormat(i18n.language, { day: 'numeric', timeZone: 'UTC' });
  const first = new Intl.DateTimeFormat(i18n.language, { day: 'numeric', month: 'short', timeZone: 'UTC' });
  const label = (date: string) => {
    const at = Date.parse(`${date}T12:00Z`);
    return date.endsWith('-01') || date === data.days[0]?.day ? first.format(at) : day.format(at);
  };
  return (
    <div className={s.scroll} data-old={old || undefined}>
      <Totals data={data} />
      <div className={s.grid}>
        <Firsts data={data} label={label} />
        <Responses data={data} label={label} />
        <Hours hours={data.hours} />
        <Operators rows={data.operators} />
        <Volumes days={data.days} label={label} />
        <Answers lengths={data.lengths} />
        <Channels rows={data.accounts} />
        <Sources rows={data.sources} />
      </div>
    </div>
  );
}

interface Figure {
  name: string;
  value: string;
  note: string | null;
  tone?: 'ok' | 'bad' | undefined;
}

/** The sums, and how they stand against as many days before. */
function Totals({ data: { totals, before, waiting, before_first_day, before_last_day } }: { data: AnalyticsOverview }) {
  const { t } = useTranslation();
  const format = useFormat();
  const span = useSpan();
  const signed = (n: number) => `${n > 0 ? '+' : n < 0 ? '−' : ''}${format.number(Math.abs(n))}`;
  const grown = growth(totals.firsts, before.firsts);
  const [share, was] = [answeredShare(totals), answeredShare(before)];
  const points = share !== null && was !== null ? Math.round((share - was) * 10) / 10 : null;
  const time = (now: number | null, then: number | null): Pick<Figure, 'value' | 'note' | 'tone'> => {
    const differ = now !== null && then !== null ? now - then : null;
    return {
      value: now === null ? '–' : span(now),
      note: differ === null || Math.abs(differ) < 1000 ? null : `${differ > 0 ? '+' : '−'}${span(Math.abs(differ))}`,
      // Sooner is better.
      tone: differ === null ? undefined : differ > 0 ? 'bad' : 'ok',
    };
  };
  const figures: Figure[] = [
    {
      name: t('analytics.total.firsts'),
      value: format.number(totals.firsts),
      note: grown === null ? null : `${signed(grown)} %`,
      tone: grown === null || grown === 0 ? undefined : grown > 0 ? 'ok' : 'bad',
    },
    {
      name: t('analytics.total.answered'),
      value: share === null ? '–' : `${format.number(share)} %`,
      note: points === null || points === 0 ? null : t('analytics.points', { n: signed(points) }),
      tone: points === null || points === 0 ? undefined : points > 0 ? 'ok' : 'bad',
    },
    { name: t('analytics.total.median'), ...time(totals.median_ms, before.median_ms) },
    { name: t('analytics.total.p90'), ...time(totals.p90_ms, before.p90_ms) },
    {
      name: t('analytics.total.late', { n: waiting.limit_minutes }),
      value: format.number(waiting.late),
      note: t('analytics.ofWaiting', { n: format.number(waiting.all) }),
      tone: waiting.late > 0 ? 'bad' : undefined,
    },
  ];
  return (
    <dl className={s.totals} title={t('analytics.against', { period: format.period(before_first_day, before_last_day) })}>
      {figures.map(({ name, value, note, tone }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>
            {value}
            {note && <small data-tone={tone}>{note}</small>}
          </dd>
        </div>
      ))}
    </dl>
  );
}

import { useState, type ReactNode } from 'react';
import { ArrowDown, ArrowUp } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { AnalyticsAccount, AnalyticsOperator, AnalyticsSource } from '@/shared/api/schema.gen';
import { useChannels } from '@/shared/channels/channels';
import { useFormat } from '@/shared/lib/format';
import { ChannelMark } from '@/shared/ui/ChannelMark';
import { Face } from '@/shared/ui/Face';
import { Icon } from '@/shared/ui/Icon';
import t from '@/shared/ui/Table.module.css';
import { answeredShare, growth, sorted, type Sorting } from './figures';
import { useSpan } from './useSpan';
import s from './Analytics.module.css';

interface Column<T> {
  key: string;
  title: string;
  /** px; the first one takes the rest. */
  width?: number;
  value: (row: T) => number | string | null;
  draw: (row: T) => ReactNode;
}

interface Props<T> {
  title: string;
  rows: readonly T[];
  columns: Column<T>[];
  /** The column that the order begins with. */
  by: string;
  none: string;
}

/** A table of figures; a click on a head puts it in that order, another turns it round. */
function Figures<T>({ title, rows, columns, by, none }: Props<T>) {
  const [sorting, setSorting] = useState<Sorting<string>>({ by, down: true });
  const shown = sorted(rows, sorting, (row, key) => columns.find((column) => column.key === key)?.value(row) ?? null);
  return (
    <section className={s.flush} aria-label={title}>
      <h2>{title}</h2>
      <div className={s.tableScroll}>
        <table className={`${t.table} ${s.table}`} aria-label={title}>
          <colgroup>
            {columns.map(({ key, width }) => (
              <col key={key} {...(width ? { style: { width: `${width / 16}rem` } } : {})} />
            ))}
          </colgroup>
          <thead>
            <tr>
              {columns.map(({ key, title: name }, i) => {
                const on = sorting.by === key;
                return (
                  <th
                    key={key}
                    scope="col"
                    data-num={i > 0 || undefined}
                    aria-sort={on ? (sorting.down ? 'descending' : 'ascending') : undefined}
                  >
                    <button
                      type="button"
                      className={t.sort}
                      data-on={on || undefined}
                      onClick={() => setSorting({ by: key, down: on ? !sorting.down : i > 0 })}
                    >
                      {name}
                      {on && <Icon of={sorting.down ? ArrowDown : ArrowUp} size={12} />}
                    </button>
                  </th>
                );
              })}
            </tr>
          </thead>
          <tbody>
            {shown.map((row, at) => (
              <tr key={at}>
                {columns.map(({ key, draw }, i) => (
                  <td key={key} data-num={i > 0 || undefined}>
                    {draw(row)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
        {rows.length === 0 && <p className={s.none}>{none}</p>}
      </div>
    </section>
  );
}

export function Operators({ rows }: { rows: AnalyticsOperator[] }) {
  const { t: say } = useTranslation();
  const format = useFormat();
  const span = useSpan();
  const time = (ms: number | null) => (ms === null ? '–' : span(ms));
  const share = (row: AnalyticsOperator) => answeredShare(row);
  return (
    <Figures
      title={say('analytics.chart.operators')}
      rows={rows}
      by="conversations"
      none={say('analytics.noOperators')}
      columns={[
        {
          key: 'name',
          title: say('analytics.col.who'),
          value: ({ name }) => name,
          draw: ({ name }) => (
            <span className={t.cell}>
              <Face name={name ?? '–'} size={24} />
              <span className="cut">{name ?? say('analytics.unnamed')}</span>
            </span>
          ),
        },
        {
          key: 'conversations',
          title: say('analytics.col.conversations'),
          width: 82,
          value: (row) => row.conversations,
          draw: (row) => format.number(row.conversations),
        },
        { key: 'median', title: say('analytics.col.median'), width: 92, value: (row) => row.median_ms, draw: (row) => time(row.median_ms) },
        { key: 'p90', title: say('analytics.p90'), width: 92, value: (row) => row.p90_ms, draw: (row) => time(row.p90_ms) },
        {
          key: 'answered',
          title: say('analytics.col.answered'),
          width: 92,
          value: share,
          draw: (row) => (share(row) === null ? '–' : `${format.number(share(row) ?? 0)} %`),
        },
      ]}
    />
  );
}

function useDelta() {
  const format = useFormat();
  return (now: number, before: number) => {
    const grown = growth(now, before);
    if (grown === null || grown === 0) return <small>–</small>;
    return (
      <small className={s.delta} data-tone={grown > 0 ? 'ok' : 'bad'}>
        {grown > 0 ? '+' : '−'}
        {format.number(Math.abs(grown))} %
      </small>
    );
  };
}

export function Channels({ rows }: { rows: AnalyticsAccount[] }) {
  const { t: say } = useTranslation();
  const format = useFormat();
  const channels = useChannels();
  const delta = useDelta();
  return (
    <Figures
      title={say('analytics.chart.channels')}
      rows={rows}
      by="firsts"
      none={say('analytics.noChannels')}
      columns={[
        {
          key: 'name',
          title: say('analytics.col.channel'),
          value: ({ name }) => name,
          draw: ({ name, channel }) => {
            const mark = channels.find(({ info }) => info.id === channel)?.mark;
            return (
              <span className={t.cell}>
                {mark && <ChannelMark mark={mark} size={17} />}
                <span className="cut">{name ?? say('analytics.gone')}</span>
              </span>
            );
          },
        },
        {
          key: 'firsts',
          title: say('analytics.col.firsts'),
          width: 84,
          value: (row) => row.firsts,
          draw: (row) => format.number(row.firsts),
        },
        {
          key: 'delta',
          title: say('analytics.col.delta'),
          width: 84,
          value: (row) => growth(row.firsts, row.firsts_before),
          draw: (row) => delta(row.firsts, row.firsts_before),
        },
        {
          key: 'incoming',
          title: say('analytics.col.in'),
          width: 84,
          value: (row) => row.incoming,
          draw: (row) => format.number(row.incoming),
        },
        {
          key: 'outgoing',
          title: say('analytics.col.out'),
          width: 84,
          value: (row) => row.outgoing,
          draw: (row) => format.number(row.outgoing),
        },
      ]}
    />
  );
}

export function Sources({ rows }: { rows: AnalyticsSource[] }) {
  const { t: say } = useTranslation();
  const format = useFormat();
  const delta = useDelta();
  return (
    <Figures
      title={say('analytics.chart.sources')}
      rows={rows}
      by="clients"
      none={say('analytics.noSources')}
      columns={[
        {
          key: 'source',
          title: say('analytics.col.source'),
          value: ({ source }) => source,
          draw: ({ source }) => source ?? <small>{say('analytics.notTold')}</small>,
        },
        {
          key: 'clients',
          title: say('analytics.col.clients'),
          width: 92,
          value: (row) => row.clients,
          draw: (row) => format.number(row.clients),
        },
        {
          key: 'delta',
          title: say('analytics.col.delta'),
          width: 92,
          value: (row) => growth(row.clients, row.clients_before),
          draw: (row) => delta(row.clients, row.clients_before),
        },
      ]}
    />
  );
}

import { lazy, Suspense, useState } from 'react';
import { Popover } from '@mantine/core';
import { CalendarDays, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '@/shared/lib/format';
import { useLook } from '@/shared/lib/look';
import { Icon } from '@/shared/ui/Icon';
import { dayOf, dayStart, type SearchAddress } from './address';
import s from './SearchFilters.module.css';

const Calendar = lazy(() => import('./Calendar'));

interface Props {
  from: string | undefined;
  to: string | undefined;
  onChange: (change: Pick<SearchAddress, 'from' | 'to'>) => void;
}

/** So many days up to today. */
const presets = [
  ['today', 0],
  ['week', 6],
  ['month', 29],
  ['year', 364],
] as const;

/** Between which days: often asked for at one click, any others in the calendar. */
export function DateRange({ from, to, onChange }: Props) {
  const { t, i18n } = useTranslation();
  const format = useFormat();
  const { timeZone } = useLook();
  const [open, setOpen] = useState(false);
  const now = Date.now();
  const set = from !== undefined || to !== undefined;
  const said = (day: string) => format.date(dayStart(day, timeZone));
  const label =
    from && to
      ? from === to
        ? said(from)
        : `${said(from)} – ${said(to)}`
      : from
        ? t('search.since', { date: said(from) })
        : to
          ? t('search.until', { date: said(to) })
          : t('search.anyTime');
  const choose = (change: Pick<SearchAddress, 'from' | 'to'>) => {
    setOpen(false);
    onChange(change);
  };

  return (
    <Popover opened={open} onChange={setOpen} position="bottom-start" trapFocus returnFocus>
      <span className={s.dates}>
        <Popover.Target>
          <button type="button" className={s.toggle} aria-expanded={open} aria-pressed={set} onClick={() => setOpen(!open)}>
            <Icon of={CalendarDays} size={14} />
            <span className="cut">{label}</span>
          </button>
        </Popover.Target>
        {set && (
          <button
            type="button"
            className={s.drop}
            aria-label={t('search.dropDates')}
            onClick={() => choose({ from: undefined, to: undefined })}
          >
            <Icon of={X} size={14} />
          </button>
        )}
      </span>
      <Popover.Dropdown aria-label={t('search.dates')}>
        <div className={s.presets}>
          {presets.map(([name, days]) => (
            <button
              key={name}
              type="button"
              className={s.preset}
              onClick={() => choose({ from: dayOf(now, timeZone, days), to: dayOf(now, timeZone) })}
            >
              {t(`search.preset.${name}`)}
            </button>
          ))}
        </div>
        <Suspense fallback={<div className={s.calendar} />}>
          <Calendar
            language={i18n.language}
            today={dayOf(now, timeZone)}
            from={from}
            to={to}
            onChoose={(begin, end) => choose({ from: begin, to: end })}
          />
        </Suspense>
      </Popover.Dropdown>
    </Popover>
  );
}

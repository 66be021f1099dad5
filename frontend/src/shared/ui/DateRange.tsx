import { lazy, Suspense, useState } from 'react';
import { Popover } from '@mantine/core';
import { CalendarDays, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { dayOf, dayStart } from '../lib/days';
import { useFormat } from '../lib/format';
import { useLook } from '../lib/look';
import { Icon } from './Icon';
import s from './DateRange.module.css';

const Calendar = lazy(() => import('./Calendar'));

/** First and last day that count, `2026-11-22` in the profile's time zone. */
export interface Days {
  from: string | undefined;
  to: string | undefined;
}

interface Props extends Days {
  onChange: (days: Days) => void;
  /** There is always a period: no «any time». */
  required?: boolean;
}

/** So many days up to today. */
const presets = [
  ['today', 0],
  ['week', 6],
  ['month', 29],
  ['year', 364],
] as const;

/** Between which days: often asked for at one click, any others in the calendar. */
export function DateRange({ from, to, onChange, required }: Props) {
  const { t, i18n } = useTranslation();
  const format = useFormat();
  const { timeZone } = useLook();
  const [open, setOpen] = useState(false);
  const now = Date.now();
  const set = !required && (from !== undefined || to !== undefined);
  const said = (day: string) => format.date(dayStart(day, timeZone));
  const label =
    from && to
      ? from === to
        ? said(from)
        : `${said(from)} – ${said(to)}`
      : from
        ? t('dates.since', { date: said(from) })
        : to
          ? t('dates.until', { date: said(to) })
          : t('dates.anyTime');
  const choose = (days: Days) => {
    setOpen(false);
    onChange(days);
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
            aria-label={t('dates.dropDates')}
            onClick={() => choose({ from: undefined, to: undefined })}
          >
            <Icon of={X} size={14} />
          </button>
        )}
      </span>
      <Popover.Dropdown aria-label={t('dates.label')}>
        <div className={s.presets}>
          {presets.map(([name, days]) => (
            <button
              key={name}
              type="button"
              className={s.preset}
              onClick={() => choose({ from: dayOf(now, timeZone, days), to: dayOf(now, timeZone) })}
            >
              {t(`dates.preset.${name}`)}
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

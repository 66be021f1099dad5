import { lazy, Suspense, useState } from 'react';
import { Button, Popover } from '@mantine/core';
import { CalendarPlus, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '@/shared/lib/format';
import { Icon } from '@/shared/ui/Icon';
import s from './Settings.module.css';

const DaysCalendar = lazy(() => import('@/shared/ui/DaysCalendar'));

interface Props {
  days: readonly string[];
  error: string | undefined;
  onChange: (days: string[]) => void;
}

/** Days on which nobody works: the automatic answer speaks around the clock. */
export function Holidays({ days, error, onChange }: Props) {
  const { t, i18n } = useTranslation();
  const format = useFormat();
  const [open, setOpen] = useState(false);
  const said = (day: string) => format.date(Date.parse(`${day}T12:00:00Z`));
  return (
    <div role="group" aria-label={t('channel.reply.holidays')}>
      <div className={s.label}>{t('channel.reply.holidays')}</div>
      <div className={s.days}>
        {[...days].sort().map((day) => (
          <span key={day} className={s.holiday}>
            {said(day)}
            <button
              type="button"
              aria-label={t('channel.reply.dropHoliday', { day: said(day) })}
              onClick={() => onChange(days.filter((one) => one !== day))}
            >
              <Icon of={X} size={13} />
            </button>
          </span>
        ))}
        <Popover opened={open} onChange={setOpen} position="bottom-start" trapFocus returnFocus>
          <Popover.Target>
            <Button
              variant="default"
              size="compact-sm"
              h={28}
              leftSection={<Icon of={CalendarPlus} size={14} />}
              onClick={() => setOpen(!open)}
            >
              {t('channel.reply.addHoliday')}
            </Button>
          </Popover.Target>
          <Popover.Dropdown aria-label={t('channel.reply.holidays')}>
            <Suspense fallback={<div className={s.calendar} />}>
              <DaysCalendar language={i18n.language} days={days} onChange={onChange} />
            </Suspense>
          </Popover.Dropdown>
        </Popover>
      </div>
      {error ? (
        <p className={s.hint} data-bad>
          {error}
        </p>
      ) : (
        <p className={s.hint}>{t('channel.reply.holidaysHint')}</p>
      )}
    </div>
  );
}

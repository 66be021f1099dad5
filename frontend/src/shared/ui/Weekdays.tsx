import { useTranslation } from 'react-i18next';
import s from './Weekdays.module.css';

interface Props {
  label: string;
  hint: string | undefined;
  bad: boolean;
  /** 1 Monday … 7 Sunday. */
  value: readonly number[];
  onChange: (days: number[]) => void;
}

/** A Monday; the names of the weekdays are read from the seven days after it. */
const MONDAY = Date.UTC(2024, 0, 1);

export function Weekdays({ label, hint, bad, value, onChange }: Props) {
  const { i18n } = useTranslation();
  const named = (weekday: 'short' | 'long', day: number) =>
    new Intl.DateTimeFormat(i18n.language, { weekday, timeZone: 'UTC' }).format(MONDAY + (day - 1) * 86_400_000);
  const toggle = (day: number) => onChange(value.includes(day) ? value.filter((one) => one !== day) : [...value, day].sort());
  return (
    <div role="group" aria-label={label}>
      <div className={s.label}>{label}</div>
      <div className={s.days}>
        {[1, 2, 3, 4, 5, 6, 7].map((day) => (
          <button
            key={day}
            type="button"
            className={s.day}
            aria-pressed={value.includes(day)}
            aria-label={named('long', day)}
            onClick={() => toggle(day)}
          >
            {named('short', day)}
          </button>
        ))}
      </div>
      {hint && (
        <p className={s.hint} data-bad={bad || undefined}>
          {hint}
        </p>
      )}
    </div>
  );
}

import type { TFunction } from 'i18next';

const DAY = 86_400_000;
const made = new Map<string, Intl.DateTimeFormat>();

function dates(language: string, timeZone: string | null, style: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${language}|${timeZone ?? ''}|${JSON.stringify(style)}`;
  let format = made.get(key);
  if (!format) {
    format = new Intl.DateTimeFormat(language, { ...style, ...(timeZone ? { timeZone } : {}) });
    made.set(key, format);
  }
  return format;
}

/** Everything that turns a number into words, in one language and time zone. Times are milliseconds since 1970. */
export function formats(t: TFunction, language: string, timeZone: string | null) {
  const d = (style: Intl.DateTimeFormatOptions) => dates(language, timeZone, style);
  const dayKey = (ms: number) => dates('sv', timeZone, { year: 'numeric', month: '2-digit', day: '2-digit' }).format(ms);
  const number = new Intl.NumberFormat(language);
  const sameYear = (a: number, b: number) => dayKey(a).slice(0, 4) === dayKey(b).slice(0, 4);
  // «09:18» where the day has 24 hours, «9:18 AM» where it has twice twelve.
  const hour = d({ hour: 'numeric' }).resolvedOptions().hour12 ? 'numeric' : '2-digit';
  const time = (ms: number) => d({ hour, minute: '2-digit' }).format(ms);
  const date = (ms: number, now = Date.now()) =>
    d({ day: 'numeric', month: 'short', ...(sameYear(ms, now) ? {} : { year: 'numeric' }) }).format(ms);

  return {
    dayKey,
    time,
    date,
    number: (n: number) => number.format(n),
    /** To the second: what came after what. */
    seconds: (ms: number) => d({ hour: '2-digit', minute: '2-digit', second: '2-digit' }).format(ms),
    /** The same of a day that is not today: the day and the minute. */
    moment: (ms: number, now = Date.now()) =>
      dayKey(ms) === dayKey(now)
        ? d({ hour: '2-digit', minute: '2-digit', second: '2-digit' }).format(ms)
        : `${date(ms, now)}, ${time(ms)}`,
    dateTime: (ms: number) => d({ day: 'numeric', month: 'long', year: 'numeric', hour: '2-digit', minute: '2-digit' }).format(ms),
    /** Short stamp of a list: today the time, then «yesterday», then the date. */
    stamp(ms: number, now = Date.now()): string {
      if (dayKey(ms) === dayKey(now)) return time(ms);
      return dayKey(ms) === dayKey(now - DAY) ? t('time.yesterdayLow') : date(ms, now);
    },
    /** Label over a day of messages. */
    day(ms: number, now = Date.now()): string {
      if (dayKey(ms) === dayKey(now)) return t('time.today');
      const long = d({ day: 'numeric', month: 'long', ...(sameYear(ms, now) ? {} : { year: 'numeric' }) }).format(ms);
      return dayKey(ms) === dayKey(now - DAY) ? `${t('time.yesterday')}, ${long}` : long;
    },
    /** «1–31 октября 2026», of days like `2026-10-01`. */
    period(first: string, last: string): string {
      const style = { day: 'numeric', month: 'long', year: 'numeric' } as const;
      return dates(language, 'UTC', style).formatRange(Date.parse(`${first}T12:00Z`), Date.parse(`${last}T12:00Z`));
    },
    /** How long somebody waits: 4 min, 2 h, 3 d. */
    wait(ms: number): string {
      const minutes = Math.floor(ms / 60_000);
      if (minutes < 1) return t('time.now');
      if (minutes < 60) return t('time.min', { count: minutes });
      return minutes < 60 * 24 ? t('time.hour', { count: Math.floor(minutes / 60) }) : t('time.day', { count: Math.floor(minutes / 1440) });
    },
    /** 0:23, 1:02:03. */
    duration(ms: number): string {
      const total = Math.round(ms / 1000);
      const [h, m, s] = [Math.floor(total / 3600), Math.floor(total / 60) % 60, total % 60];
      return h ? `${h}:${String(m).padStart(2, '0')}:${String(s).padStart(2, '0')}` : `${m}:${String(s).padStart(2, '0')}`;
    },
    size(bytes: number): string {
      const steps = [
        ['gb', 2 ** 30],
        ['mb', 2 ** 20],
        ['kb', 2 ** 10],
      ] as const;
      const step = steps.find(([, unit]) => bytes >= unit);
      if (!step) return t('size.b', { n: number.format(bytes) });
      const n = bytes / step[1];
      return t(`size.${step[0]}`, { n: number.format(n >= 100 ? Math.round(n) : Math.round(n * 10) / 10) });
    },
  };
}
export type Formats = ReturnType<typeof formats>;

export { useFormat } from './words';

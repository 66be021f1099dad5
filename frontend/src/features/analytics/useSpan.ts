import { useTranslation } from 'react-i18next';
import { useFormat } from '@/shared/lib/format';

/** «45 с», «4 мин», «1 ч 02 мин», «2 д 3 ч»: how long an answer took. */
export function useSpan(): (ms: number) => string {
  const { t } = useTranslation();
  const format = useFormat();
  return (ms) => {
    const seconds = Math.round(ms / 1000);
    if (seconds < 60) return t('analytics.seconds', { n: seconds });
    const all = Math.round(seconds / 60);
    if (all < 60) return format.wait(all * 60_000);
    const [hours, rest] = [Math.floor(all / 60), all % 60];
    if (hours < 24)
      return rest ? t('analytics.hoursMinutes', { h: hours, m: String(rest).padStart(2, '0') }) : format.wait(hours * 3_600_000);
    return hours % 24 ? t('analytics.daysHours', { d: Math.floor(hours / 24), h: hours % 24 }) : format.wait(hours * 3_600_000);
  };
}

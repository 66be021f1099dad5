import { useTranslation } from 'react-i18next';
import { useNow } from '@/shared/lib/useNow';

const steps = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const;

/** «1 мин назад», «3 ч назад»; under a minute «только что». */
export function ago(language: string, justNow: string, ms: number): string {
  const step = steps.find(([, unit]) => ms >= unit);
  if (!step) return justNow;
  const [unit, size] = step;
  return new Intl.RelativeTimeFormat(language, { style: 'short', numeric: 'always' })
    .format(-Math.floor(ms / size), unit)
    .replace('мин.', 'мин');
}

/** How long ago it was, kept current. */
export function useAgo(at: number): string {
  const { t, i18n } = useTranslation();
  return ago(i18n.language, t('time.justNow'), useNow(20_000) - at);
}

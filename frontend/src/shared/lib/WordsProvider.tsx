import { useMemo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { formats } from './format';
import { useLook } from './look';
import { WordsContext } from './words';

/** Follows the language and the time zone without a restart. */
export function WordsProvider({ children }: { children: ReactNode }) {
  const { t, i18n } = useTranslation();
  const { timeZone } = useLook();
  const { language } = i18n;
  const words = useMemo(() => ({ t, language, format: formats(t, language, timeZone) }), [t, language, timeZone]);
  return <WordsContext value={words}>{children}</WordsContext>;
}

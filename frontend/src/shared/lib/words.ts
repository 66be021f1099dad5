import { createContext, use } from 'react';
import type { TFunction } from 'i18next';
import type { Formats } from './format';

/** The language of the interface, ready to use. */
export interface Words {
  t: TFunction;
  language: string;
  format: Formats;
}

export const WordsContext = createContext<Words | null>(null);

function useWords(): Words {
  const words = use(WordsContext);
  if (!words) throw new Error('WordsProvider is missing');
  return words;
}

/** Texts for what is drawn by the hundred: the same as `useTranslation`, without a subscription of each row's own. */
export const useT = (): TFunction => useWords().t;
export const useLanguage = (): string => useWords().language;
/** Everything that turns a number into words. */
export const useFormat = (): Formats => useWords().format;

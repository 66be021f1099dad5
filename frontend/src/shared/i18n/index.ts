import i18next, { type i18n, type TOptions } from 'i18next';
import { initReactI18next } from 'react-i18next';
import ru from './ru';

export const languages = ['ru', 'en', 'es'] as const;
export type Language = (typeof languages)[number];
export const isLanguage = (value: unknown): value is Language => languages.includes(value as Language);

/** Russian comes with the app; the others when somebody wants them. */
const load: Record<Language, () => Promise<{ default: object }>> = {
  ru: () => Promise.resolve({ default: ru }),
  en: () => import('./en'),
  es: () => import('./es'),
};

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation';
    resources: { translation: typeof ru };
  }
}

export async function startI18n(language: Language): Promise<i18n> {
  await i18next.use(initReactI18next).init({
    lng: 'ru',
    fallbackLng: 'ru',
    resources: { ru: { translation: ru } },
    interpolation: { escapeValue: false },
    returnNull: false,
  });
  await setLanguage(language);
  return i18next;
}

/** Without a restart: every text and date on the screen follows. */
export async function setLanguage(language: Language): Promise<void> {
  if (!i18next.hasResourceBundle(language, 'translation'))
    i18next.addResourceBundle(language, 'translation', (await load[language]()).default);
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
}

/** Text of a key that the backend names (errors, reasons of a failed delivery); `fallback` when this build has none for it. */
export function textOf(key: string, params: TOptions, fallback: string): string {
  return i18next.exists(key) ? (i18next.t as (key: string, params: TOptions) => string)(key, params) : fallback;
}

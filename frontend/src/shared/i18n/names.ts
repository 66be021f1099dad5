import type { Language } from './index';

/** Each language by its own name, so that everybody finds the own one. */
export const languageNames: Record<Language, string> = { ru: 'Русский', en: 'English', es: 'Español' };

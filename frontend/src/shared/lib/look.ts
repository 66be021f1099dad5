// What must be known before the first answer of the backend, so that the window never flashes: how things look here.
import { useSyncExternalStore } from 'react';
import { isLanguage, setLanguage, type Language } from '../i18n';

export interface Look {
  language: Language;
  theme: 'auto' | 'light' | 'dark';
  /** 0.9 … 1.5 */
  fontScale: number;
  /** IANA name; null follows the system. */
  timeZone: string | null;
}

const STORED = 'besedka.look';
const start: Look = { language: 'ru', theme: 'auto', fontScale: 1, timeZone: null };

function read(): Look {
  try {
    const kept = JSON.parse(localStorage.getItem(STORED) ?? '{}') as Partial<Look>;
    return {
      language: isLanguage(kept.language) ? kept.language : start.language,
      theme: kept.theme === 'light' || kept.theme === 'dark' ? kept.theme : 'auto',
      fontScale: typeof kept.fontScale === 'number' ? Math.min(1.5, Math.max(0.9, kept.fontScale)) : 1,
      timeZone: typeof kept.timeZone === 'string' ? kept.timeZone : null,
    };
  } catch {
    return start;
  }
}

let look = read();
const listeners = new Set<() => void>();

export const currentLook = (): Look => look;

export function setLook(change: Partial<Look>): void {
  const next = { ...look, ...change };
  if ((Object.keys(next) as (keyof Look)[]).every((key) => next[key] === look[key])) return;
  const language = next.language !== look.language ? next.language : null;
  look = next;
  localStorage.setItem(STORED, JSON.stringify(look));
  applyFontScale();
  listeners.forEach((tell) => tell());
  if (language) void setLanguage(language);
}

export function applyFontScale(): void {
  document.documentElement.style.fontSize = `${16 * look.fontScale}px`;
}

export const useLook = (): Look =>
  useSyncExternalStore((tell) => {
    listeners.add(tell);
    return () => listeners.delete(tell);
  }, currentLook);

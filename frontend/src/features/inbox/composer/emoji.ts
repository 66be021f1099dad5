// Names and words of emoji come from the Unicode data that emojibase packs, per language, from our own disk.
import { isLanguage, type Language } from '@/shared/i18n';

export interface Emoji {
  unicode: string;
  label: string;
  words: string;
  group: number;
}

interface Packed {
  hexcode: string;
  unicode: string;
  label: string;
  tags?: string[];
  group?: number;
}

const packs: Record<Language, () => Promise<{ default: unknown }>> = {
  ru: () => import('emojibase-data/ru/compact.json'),
  en: () => import('emojibase-data/en/compact.json'),
  es: () => import('emojibase-data/es/compact.json'),
};
/** Emoji younger than this have no picture yet in the fonts of most systems. */
const NEWEST = 15.1;
const loaded = new Map<Language, Promise<Emoji[]>>();

/** Groups of the picker: emojibase's numbers, without the «components» (2), which are no emoji by themselves. */
export const emojiGroups = [0, 1, 3, 4, 5, 6, 7, 8, 9] as const;

export function emojiOf(language: string): Promise<Emoji[]> {
  const known = isLanguage(language) ? language : 'ru';
  const pack =
    loaded.get(known) ??
    Promise.all([packs[known](), import('emojibase-data/versions/emoji.json')]).then(([{ default: data }, { default: versions }]) => {
      const late = new Set(
        Object.entries(versions as Record<string, string[]>).flatMap(([version, codes]) => (Number(version) > NEWEST ? codes : [])),
      );
      return (data as Packed[])
        .filter((e) => e.group !== undefined && e.group !== 2 && !late.has(e.hexcode))
        .map((e) => ({
          unicode: e.unicode,
          label: e.label,
          words: [e.label, ...(e.tags ?? [])].join(' ').toLowerCase(),
          group: e.group ?? 0,
        }));
    });
  loaded.set(known, pack);
  return pack;
}

const STORED = 'besedka.emoji';
const KEPT = 18;

export function recentEmoji(): string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(STORED) ?? '[]');
    return Array.isArray(kept) ? kept.filter((e): e is string => typeof e === 'string').slice(0, KEPT) : [];
  } catch {
    return [];
  }
}

export const rememberEmoji = (emoji: string): void =>
  localStorage.setItem(STORED, JSON.stringify([emoji, ...recentEmoji().filter((e) => e !== emoji)].slice(0, KEPT)));

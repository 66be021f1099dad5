/** Case, ё and accents do not matter. */
const folded = (text: string): string => text.toLowerCase().replaceAll('ё', 'е').normalize('NFD').replace(/\p{M}/gu, '');

/** How well a name answers to what was typed; 0 not at all. A beginning beats a word inside, that beats scattered letters. */
export function likeness(typed: string, name: string): number {
  const [t, n] = [folded(typed), folded(name)];
  if (!t) return 1;
  if (n.startsWith(t)) return 5 + t.length / n.length;
  const at = n.indexOf(t);
  if (at > 0) return /[\s\-_.]/.test(n.charAt(at - 1)) ? 4 : 3;
  let from = 0;
  let gaps = 0;
  for (const letter of t) {
    const found = n.indexOf(letter, from);
    if (found < 0) return 0;
    gaps += found - from;
    from = found + 1;
  }
  return 2 - gaps / (n.length + 1);
}

/** The ones that answer to it, best first; words of `text` count less than the name. */
export function fuzzy<T extends { name: string; text: string }>(typed: string, all: readonly T[]): T[] {
  const words = folded(typed);
  const score = (one: T) => likeness(typed, one.name) || (words.length > 1 && folded(one.text).includes(words) ? 0.5 : 0);
  return all
    .map((one, place) => ({ one, place, score: score(one) }))
    .filter(({ score: found }) => found > 0)
    .sort((a, b) => b.score - a.score || a.place - b.place)
    .map(({ one }) => one);
}

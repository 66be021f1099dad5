/** What texts may hold in braces: `{contact.name}`, with something else where nothing is known: `{lead.budget|уточним}`. */
export const placeholders = [
  'contact.name',
  'contact.first_name',
  'contact.phone',
  'contact.city',
  'contact.username',
  'operator.name',
  'operator.phone',
  'operator.email',
  'channel.name',
  'lead.id',
  'lead.name',
  'lead.budget',
  'lead.status',
  'company.name',
  'responsible.name',
  'responsible.email',
] as const;
export type Placeholder = (typeof placeholders)[number];

export type Piece = { text: string } | { key: Placeholder; fallback: string | null; typed: string };

const known: ReadonlySet<string> = new Set(placeholders);

/** Text and placeholders in turn; braces around anything else are text. */
export function piecesOf(text: string): Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  for (const match of text.matchAll(/\{\s*([a-z_]+\.[a-z_]+)\s*(?:\|([^}]*))?\}/g)) {
    const key = match[1] ?? '';
    if (!known.has(key)) continue;
    if (match.index > from) pieces.push({ text: text.slice(from, match.index) });
    pieces.push({ key: key as Placeholder, fallback: match[2]?.trim() ?? null, typed: match[0] });
    from = match.index + match[0].length;
  }
  if (from < text.length) pieces.push({ text: text.slice(from) });
  return pieces;
}

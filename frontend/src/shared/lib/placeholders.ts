/** `{contact.name}`, with something else where nothing is known: `{lead.budget|уточним}`. */
export type Piece = { text: string } | { key: string; fallback: string | null; typed: string };

/** Text and placeholders in turn; braces around anything but a name with a dot are text. */
export function piecesOf(text: string): Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  for (const match of text.matchAll(/\{\s*([a-z_]+\.[a-z_]+)\s*(?:\|([^}]*))?\}/g)) {
    if (match.index > from) pieces.push({ text: text.slice(from, match.index) });
    pieces.push({ key: match[1] ?? '', fallback: match[2]?.trim() ?? null, typed: match[0] });
    from = match.index + match[0].length;
  }
  if (from < text.length) pieces.push({ text: text.slice(from) });
  return pieces;
}

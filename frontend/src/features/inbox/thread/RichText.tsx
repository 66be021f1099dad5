import { memo, useState, type ReactNode } from 'react';
import type { Entity } from '@/shared/api/schema.gen';
import { OutLink } from '@/shared/ui/OutLink';
import { linksIn, safeUrl } from '@/shared/lib/links';
import s from './RichText.module.css';

type Kind = Entity['kind'];
interface Stretch {
  from: number;
  to: number;
  kinds: Kind[];
  url: string | null;
}

/** Cuts the text where any marking begins or ends. Overlapping marks add up; of two links the first counts. */
function cut(text: string, entities: readonly Entity[]): Stretch[] {
  const marks = entities.map((e) => ({
    from: Math.max(0, e.offset),
    to: Math.min(text.length, e.offset + e.length),
    kind: e.kind,
    url: e.kind === 'link' ? safeUrl(e.url) : null,
  }));
  const taken = marks.filter((m) => m.url || m.kind === 'code');
  const found = linksIn(text)
    .filter((l) => !taken.some((m) => l.from < m.to && m.from < l.to))
    .map((l) => ({ from: l.from, to: l.to, kind: 'link' as const, url: l.url }));
  const all = [...marks, ...found].filter((m) => m.from < m.to);
  const edges = [...new Set([0, text.length, ...all.flatMap((m) => [m.from, m.to])])].sort((a, b) => a - b);
  return edges.slice(0, -1).map((from, i) => {
    const over = all.filter((m) => m.from <= from && from < m.to);
    return { from, to: edges[i + 1] ?? text.length, kinds: over.map((m) => m.kind), url: over.find((m) => m.url)?.url ?? null };
  });
}

const wrap: Partial<Record<Kind, (inside: ReactNode) => ReactNode>> = {
  bold: (inside) => <strong>{inside}</strong>,
  italic: (inside) => <em>{inside}</em>,
  underline: (inside) => <u>{inside}</u>,
  strike: (inside) => <s>{inside}</s>,
  code: (inside) => <code className={s.code}>{inside}</code>,
  quote: (inside) => <q className={s.quote}>{inside}</q>,
  mention: (inside) => <span className={s.mention}>{inside}</span>,
  spoiler: (inside) => <Spoiler>{inside}</Spoiler>,
};

function Spoiler({ children }: { children: ReactNode }) {
  const [open, setOpen] = useState(false);
  return (
    <span
      className={s.spoiler}
      data-open={open || undefined}
      role="button"
      tabIndex={0}
      onClick={() => setOpen(true)}
      onKeyDown={(e) => e.key === 'Enter' && setOpen(true)}
    >
      {children}
    </span>
  );
}

/** Text of a message with its marks, and whatever in it can be clicked. */
export const RichText = memo(function RichText({ text, entities }: { text: string; entities: readonly Entity[] }) {
  return (
    <>
      {cut(text, entities).map(({ from, to, kinds, url }) => {
        const plain: ReactNode = text.slice(from, to);
        const marked = kinds.reduce<ReactNode>((inside, kind) => wrap[kind]?.(inside) ?? inside, plain);
        return url ? (
          <OutLink key={from} to={url}>
            {marked}
          </OutLink>
        ) : (
          <span key={from}>{marked}</span>
        );
      })}
    </>
  );
});

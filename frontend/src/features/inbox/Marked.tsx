import type { ReactNode } from 'react';
import s from './Marked.module.css';

/** Text with found stretches marked: begin and length in UTF-16 units. */
export function Marked({ text, marks }: { text: string; marks: [number, number][] }) {
  const out: ReactNode[] = [];
  let at = 0;
  for (const [begin, length] of marks) {
    if (begin < at) continue;
    out.push(
      text.slice(at, begin),
      <mark key={begin} className={s.mark}>
        {text.slice(begin, begin + length)}
      </mark>,
    );
    at = begin + length;
  }
  return (
    <>
      {out}
      {text.slice(at)}
    </>
  );
}

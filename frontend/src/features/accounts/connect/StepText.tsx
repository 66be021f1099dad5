import { Fragment, type ReactNode } from 'react';
import { linksIn } from '@/shared/lib/links';
import { OutLink } from '@/shared/ui/OutLink';
import s from './Step.module.css';

const numbered = /^\s*\d+[.)]\s+/;

function withLinks(text: string): ReactNode {
  const out: ReactNode[] = [];
  let at = 0;
  for (const { from, to, url } of linksIn(text)) {
    // An address of this machine is a value to copy: nothing opens there.
    if (!/^https?:/.test(url) || /^https?:\/\/(127\.|localhost)/.test(url)) continue;
    out.push(
      text.slice(at, from),
      <OutLink key={from} to={url}>
        {text.slice(from, to)}
      </OutLink>,
    );
    at = to;
  }
  return (
    <>
      {out}
      {text.slice(at)}
    </>
  );
}

/** What a channel says about a step: paragraphs, and lines that begin with a number as a list. */
export function StepText({ text }: { text: string }) {
  const blocks: { list: boolean; lines: string[] }[] = [];
  for (const line of text.split('\n').filter((each) => each.trim())) {
    const list = numbered.test(line);
    const last = blocks.at(-1);
    if (last?.list && list) last.lines.push(line);
    else blocks.push({ list, lines: [line] });
  }
  return (
    <div className={s.text}>
      {blocks.map(({ list, lines }, i) => (
        <Fragment key={i}>
          {list ? (
            <ol>
              {lines.map((line) => (
                <li key={line}>{withLinks(line.replace(numbered, ''))}</li>
              ))}
            </ol>
          ) : (
            lines.map((line) => <p key={line}>{withLinks(line)}</p>)
          )}
        </Fragment>
      ))}
    </div>
  );
}

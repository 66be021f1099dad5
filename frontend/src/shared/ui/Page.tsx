import type { ReactNode } from 'react';
import s from './Page.module.css';

interface Props {
  /** Where this page belongs, as a link back. */
  crumb?: ReactNode;
  title: ReactNode;
  note?: ReactNode;
  /** The one primary action comes last. */
  actions?: ReactNode;
  children: ReactNode;
}

/** A page: one title, one primary action at the right, content. */
export function Page({ crumb, title, note, actions, children }: Props) {
  return (
    <section className={s.page}>
      <header className={s.head}>
        {crumb && (
          <span className={s.crumb}>
            {crumb}
            <i aria-hidden>/</i>
          </span>
        )}
        <h1>{title}</h1>
        {note && <span className={s.note}>{note}</span>}
        <span className={s.grow} />
        {actions}
      </header>
      {children}
    </section>
  );
}

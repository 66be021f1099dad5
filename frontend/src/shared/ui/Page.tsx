import type { ReactNode } from 'react';
import s from './Page.module.css';

interface Props {
  title: ReactNode;
  note?: ReactNode;
  /** The one primary action comes last. */
  actions?: ReactNode;
  children: ReactNode;
}

/** A page: one title, one primary action at the right, content. */
export function Page({ title, note, actions, children }: Props) {
  return (
    <section className={s.page}>
      <header className={s.head}>
        <h1>{title}</h1>
        {note && <span className={s.note}>{note}</span>}
        <span className={s.grow} />
        {actions}
      </header>
      {children}
    </section>
  );
}

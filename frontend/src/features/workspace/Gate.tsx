import type { ReactNode } from 'react';
import { LockKeyhole } from 'lucide-react';
import { Icon } from '@/shared/ui/Icon';
import s from './Gate.module.css';

interface Props {
  title: string;
  text?: string | undefined;
  /** Small, under the rest. */
  note?: string;
  alarm?: boolean;
  lock?: boolean;
  /** Not shown before a second has passed: most of the time nobody has to read it. */
  late?: boolean;
  children?: ReactNode;
}

/** One thing in the middle of an empty window. */
export function Gate({ title, text, note, alarm, lock, late, children }: Props) {
  return (
    <div className={s.gate} data-late={late || undefined} role={alarm ? 'alert' : undefined} aria-busy={late}>
      <main className={s.box}>
        {lock && (
          <span className={s.lock}>
            <Icon of={LockKeyhole} size={22} stroke={1.75} />
          </span>
        )}
        <h1>{title}</h1>
        {text && <p>{text}</p>}
        {children}
        {note && <small>{note}</small>}
      </main>
    </div>
  );
}

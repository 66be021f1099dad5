import { useEffect, useRef, useState, type ReactNode, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import s from './Sections.module.css';

export interface SectionLink {
  /** Id of the section's element, too. */
  id: string;
  title: string;
  /** Something in it is not saved. */
  changed?: boolean;
}

interface Props {
  /** Name of the navigation for screen readers. */
  label: string;
  sections: readonly SectionLink[];
  /** Above the sections: what else can be opened. */
  head?: ReactNode;
  /** At the foot: the bar that saves. */
  bar?: ReactNode;
  scroll?: RefObject<HTMLDivElement | null>;
  children: ReactNode;
}

/** So far under the upper edge a section counts as the one being read, px. */
const READING = 90;

/** A long form: its sections at the left, following the reading; the form; a bar that saves at the foot. */
export function Sections({ label, sections, head, bar, scroll, children }: Props) {
  const own = useRef<HTMLDivElement>(null);
  const box = scroll ?? own;
  return (
    <div className={s.body}>
      <SectionNav label={label} sections={sections} head={head} scroll={box} />
      <div className={s.column}>
        <div className={s.scroll} ref={box}>
          {children}
        </div>
        {bar}
      </div>
    </div>
  );
}

function SectionNav({
  label,
  sections,
  head,
  scroll,
}: Pick<Props, 'label' | 'sections' | 'head'> & { scroll: RefObject<HTMLDivElement | null> }) {
  const { t } = useTranslation();
  const [at, setAt] = useState(sections[0]?.id);
  const ids = sections.map(({ id }) => id).join();
  useEffect(() => {
    const box = scroll.current;
    if (!box) return undefined;
    const all = ids.split(',');
    const follow = () => {
      const end = box.scrollTop + box.clientHeight >= box.scrollHeight - 2;
      const read = all.filter((id) => (document.getElementById(id)?.offsetTop ?? Infinity) <= box.scrollTop + READING);
      setAt((end && box.scrollTop > 0 ? all.at(-1) : read.at(-1)) ?? all[0]);
    };
    box.addEventListener('scroll', follow, { passive: true });
    return () => box.removeEventListener('scroll', follow);
  }, [scroll, ids]);
  return (
    <nav className={s.nav} aria-label={label}>
      {head}
      {sections.map(({ id, title, changed }) => (
        <button
          key={id}
          type="button"
          className={s.item}
          aria-current={id === at || undefined}
          onClick={() => {
            document.getElementById(id)?.scrollIntoView({ block: 'start' });
            setAt(id);
          }}
        >
          {title}
          {changed && <i role="img" aria-label={t('form.changed')} />}
        </button>
      ))}
    </nav>
  );
}

import { useEffect, useState, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { sections, type SectionName } from './sections';
import s from './SettingsPage.module.css';

/** So far under the upper edge a section counts as the one being read, px. */
const READING = 90;

/** The sections at the left; follows the reading. */
export function SectionNav({ scroll }: { scroll: RefObject<HTMLDivElement | null> }) {
  const { t } = useTranslation();
  const [at, setAt] = useState<SectionName>('profile');
  useEffect(() => {
    const box = scroll.current;
    if (!box) return undefined;
    const follow = () => {
      const end = box.scrollTop + box.clientHeight >= box.scrollHeight - 2;
      const read = sections.filter(
        (name) => (document.getElementById(`settings-${name}`)?.offsetTop ?? Infinity) <= box.scrollTop + READING,
      );
      setAt((end && box.scrollTop > 0 ? sections.at(-1) : read.at(-1)) ?? 'profile');
    };
    box.addEventListener('scroll', follow, { passive: true });
    return () => box.removeEventListener('scroll', follow);
  }, [scroll]);
  return (
    <nav className={s.nav} aria-label={t('settings.nav')}>
      {sections.map((name) => (
        <button
          key={name}
          type="button"
          aria-current={name === at || undefined}
          onClick={() => {
            document.getElementById(`settings-${name}`)?.scrollIntoView({ block: 'start' });
            setAt(name);
          }}
        >
          {t(`settings.section.${name}`)}
        </button>
      ))}
    </nav>
  );
}

import { use, useMemo, useRef, useState } from 'react';
import { Search } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Virtuoso, type VirtuosoHandle } from 'react-virtuoso';
import { useLook } from '@/shared/lib/look';
import { Icon } from '@/shared/ui/Icon';
import { emojiGroups, emojiOf, recentEmoji, rememberEmoji, type Emoji } from './emoji';
import s from './EmojiPicker.module.css';

const ACROSS = 9;
const signs = ['😀', '👋', '🐻', '🍏', '🚗', '⚽', '💡', '❤️', '🏳️'];

type Sign = Pick<Emoji, 'unicode' | 'label'>;
type Line = { title: string; group: number } | { items: Sign[]; from: number };

const inLines = (items: Sign[], from: number): Line[] =>
  Array.from({ length: Math.ceil(items.length / ACROSS) }, (_, i) => ({
    items: items.slice(i * ACROSS, (i + 1) * ACROSS),
    from: from + i * ACROSS,
  }));

/** Emoji by group or by word. Arrows move, Enter takes, Shift+Enter takes and stays. */
export default function EmojiPicker({ onPick }: { onPick: (emoji: string, more: boolean) => void }) {
  const { t, i18n } = useTranslation();
  const { fontScale } = useLook();
  const all = use(emojiOf(i18n.language));
  const list = useRef<VirtuosoHandle>(null);
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const [recent] = useState(recentEmoji);
  const words = text.trim().toLowerCase();

  const { lines, flat } = useMemo(() => {
    const flat: Sign[] = [];
    const lines: Line[] = [];
    const put = (title: string, group: number, items: Sign[]) => {
      if (items.length === 0) return;
      lines.push({ title, group }, ...inLines(items, flat.length));
      flat.push(...items);
    };
    if (words) {
      put(
        t('inbox.emoji.found'),
        -1,
        all.filter((e) => words.split(/\s+/).every((word) => e.words.includes(word))),
      );
    } else {
      const known = new Map(all.map((e) => [e.unicode, e]));
      put(
        t('inbox.emoji.recent'),
        -1,
        recent.flatMap((unicode) => {
          const emoji = known.get(unicode);
          return emoji ? [emoji] : [];
        }),
      );
      emojiGroups.forEach((group) =>
        put(
          t(`inbox.emoji.group.${group}`),
          group,
          all.filter((e) => e.group === group),
        ),
      );
    }
    return { lines, flat };
  }, [all, recent, words, t]);

  const pick = (emoji: string, more: boolean) => {
    rememberEmoji(emoji);
    onPick(emoji, more);
  };
  const move = (to: number) => {
    const next = Math.min(flat.length - 1, Math.max(0, to));
    setAt(next);
    list.current?.scrollIntoView({
      index: lines.findIndex((line) => 'items' in line && next >= line.from && next < line.from + line.items.length),
    });
  };
  const onKeyDown = (event: React.KeyboardEvent) => {
    const by = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: ACROSS, ArrowUp: -ACROSS }[event.key];
    const chosen = flat[at];
    if (by !== undefined && (text === '' || by > 1 || by < -1 || event.key === 'ArrowRight')) {
      event.preventDefault();
      move(at + by);
    } else if (event.key === 'Enter' && chosen) {
      event.preventDefault();
      pick(chosen.unicode, event.shiftKey);
    }
  };

  return (
    <div className={s.picker} onKeyDown={onKeyDown}>
      <label className={s.search}>
        <Icon of={Search} size={15} />
        <input
          data-autofocus
          value={text}
          placeholder={t('inbox.emoji.search')}
          aria-label={t('inbox.emoji.search')}
          onChange={(e) => {
            setText(e.target.value);
            setAt(0);
          }}
        />
      </label>
      {!words && (
        <div className={s.groups}>
          {emojiGroups.map((group, i) => (
            <button
              key={group}
              type="button"
              tabIndex={-1}
              title={t(`inbox.emoji.group.${group}`)}
              onClick={() => list.current?.scrollToIndex({ index: lines.findIndex((line) => 'group' in line && line.group === group) })}
            >
              {signs[i]}
            </button>
          ))}
        </div>
      )}
      {flat.length === 0 ? (
        <p className={s.none}>{t('inbox.search.none')}</p>
      ) : (
        <Virtuoso
          ref={list}
          className={s.list}
          data={lines}
          fixedItemHeight={36 * fontScale}
          increaseViewportBy={200}
          itemContent={(_index, line) =>
            'title' in line ? (
              <h3>{line.title}</h3>
            ) : (
              <div className={s.line}>
                {line.items.map((e, i) => (
                  <button
                    key={e.unicode}
                    type="button"
                    tabIndex={-1}
                    title={e.label}
                    aria-label={e.label}
                    data-at={line.from + i === at || undefined}
                    onClick={(event) => pick(e.unicode, event.shiftKey)}
                  >
                    {e.unicode}
                  </button>
                ))}
              </div>
            )
          }
        />
      )}
    </div>
  );
}

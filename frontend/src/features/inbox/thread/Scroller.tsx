import { useCallback, useEffect, useImperativeHandle, useLayoutEffect, useRef, type KeyboardEvent, type ReactNode, type Ref } from 'react';
import s from './Scroller.module.css';

/*
 * The scrolled messages. Not a virtual list on purpose: rows are of unknown height, and a list that estimates them
 * moves what is on the screen by the error of its estimate for a frame or two (measured with a virtual list: up to 48 px
 * at every fifth step upwards). Here a bounded window of rows is really laid out, and every change above the reader is
 * compensated before the next paint, so the error is zero. The far end of the window is let go by `window.ts`.
 */

export interface ScrollerHandle {
  toEnd: () => void;
  /** Brings a row into view; `false` when it is not among those laid out. */
  toRow: (key: string, align: 'center' | 'nearest') => boolean;
}

interface Props<Item> {
  items: readonly Item[];
  keyOf: (item: Item) => string;
  row: (item: Item, before: Item | undefined) => ReactNode;
  /** Where to begin: a row, or the end. Read once. */
  start: { key: string; align: 'top' | 'center' } | null;
  head: ReactNode;
  /** Nothing newer exists: somebody who stands at the end is carried along. */
  complete: boolean;
  label: string;
  onNearTop: () => void;
  onNearEnd: () => void;
  /** Rows that can be seen, first and last, whether the end is among them, and whether the reader has moved there. */
  onSee: (first: string, last: string, atEnd: boolean, moved: boolean) => void;
  onKeyDown: (event: KeyboardEvent) => void;
  onBlur: () => void;
  handle: Ref<ScrollerHandle>;
}

/** So far before an edge its next page is asked for, px. */
const AHEAD = 1000;
/** Standing this near to the end counts as standing at the end, px. */
const END = 48;
/** A row named as the beginning is put this far under the upper edge, px. */
const TOP_GAP = 44;

type Anchor = { key: string; top: number } | 'end';

const rowsOf = (box: HTMLElement) => [...box.querySelectorAll<HTMLElement>(':scope > div > [data-key]')];
const find = (box: HTMLElement, key: string) => box.querySelector<HTMLElement>(`:scope > div > [data-key="${CSS.escape(key)}"]`);

/** The first row that ends below a height: rows stand in order, so halving finds it. */
function firstBelow(rows: readonly HTMLElement[], y: number): number {
  let [low, high] = [0, rows.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    const row = rows[middle];
    if (row && row.offsetTop + row.offsetHeight <= y) low = middle + 1;
    else high = middle;
  }
  return low;
}

export function Scroller<Item>({
  items,
  keyOf,
  row,
  start,
  head,
  complete,
  label,
  onNearTop,
  onNearEnd,
  onSee,
  onKeyDown,
  onBlur,
  handle,
}: Props<Item>) {
  const box = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const anchor = useRef<Anchor>('end');
  const placed = useRef(false);
  /** Scroll position that was set here: the event it causes is no movement of the reader. */
  const own = useRef(-1);

  /** Looks where the reader is, and asks for what comes next. */
  const look = useCallback(
    (moved = false) => {
      const el = box.current;
      if (!el) return;
      const left = el.scrollHeight - el.scrollTop - el.clientHeight;
      const rows = rowsOf(el);
      const first = rows[firstBelow(rows, el.scrollTop + 8)];
      const last = rows[Math.min(rows.length - 1, firstBelow(rows, el.scrollTop + el.clientHeight - 24))];
      const atEnd = complete && left < END;
      anchor.current = atEnd || !first ? 'end' : { key: first.dataset.key ?? '', top: first.offsetTop };
      if (first && last) onSee(first.dataset.key ?? '', last.dataset.key ?? '', atEnd, moved);
      if (el.scrollTop < AHEAD) onNearTop();
      if (left < AHEAD) onNearEnd();
    },
    [complete, onNearTop, onNearEnd, onSee],
  );

  /** After a change of layout: the reader's row back to where it was, by exactly what it has moved. */
  const hold = useCallback(() => {
    const el = box.current;
    if (!el || !placed.current) return;
    const kept = anchor.current;
    if (kept === 'end') {
      if (complete) el.scrollTop = el.scrollHeight;
      own.current = el.scrollTop;
    } else {
      const found = find(el, kept.key);
      const moved = found ? found.offsetTop - kept.top : 0;
      if (found) kept.top = found.offsetTop;
      if (moved === 0) return;
      el.scrollTop += moved;
      own.current = el.scrollTop;
    }
  }, [complete]);

  useLayoutEffect(() => {
    const el = box.current;
    if (!el) return;
    if (placed.current) {
      hold();
    } else {
      placed.current = true;
      const found = start && find(el, start.key);
      el.scrollTop = !found
        ? el.scrollHeight
        : start.align === 'top'
          ? found.offsetTop - TOP_GAP
          : found.offsetTop - (el.clientHeight - found.offsetHeight) / 2;
    }
    look();
  }, [items, start, hold, look]);

  // Pictures, fonts, a wider window: sizes change without React. The observer runs before the paint.
  useEffect(() => {
    const observer = new ResizeObserver(() => {
      hold();
      look();
    });
    if (content.current) observer.observe(content.current);
    if (box.current) observer.observe(box.current);
    return () => observer.disconnect();
  }, [hold, look]);

  const scrolled = () => {
    const moved = box.current?.scrollTop !== own.current;
    own.current = -1;
    look(moved);
  };

  useImperativeHandle(
    handle,
    () => ({
      toEnd() {
        anchor.current = 'end';
        box.current?.scrollTo({ top: box.current.scrollHeight });
      },
      toRow(key, align) {
        const el = box.current;
        const found = el && find(el, key);
        if (!found) return false;
        const [top, bottom] = [found.offsetTop, found.offsetTop + found.offsetHeight];
        if (align === 'center') el.scrollTop = top - (el.clientHeight - found.offsetHeight) / 2;
        else if (top < el.scrollTop) el.scrollTop = top - 8;
        else if (bottom > el.scrollTop + el.clientHeight) el.scrollTop = bottom - el.clientHeight + 8;
        return true;
      },
    }),
    [],
  );

  return (
    <div
      ref={box}
      className={s.scroll}
      role="log"
      aria-live="off"
      aria-label={label}
      tabIndex={0}
      onScroll={scrolled}
      onKeyDown={onKeyDown}
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) onBlur();
      }}
    >
      <div ref={content} className={s.content}>
        {head}
        {items.map((item, index) => (
          <div key={keyOf(item)} data-key={keyOf(item)}>
            {row(item, items[index - 1])}
          </div>
        ))}
      </div>
    </div>
  );
}

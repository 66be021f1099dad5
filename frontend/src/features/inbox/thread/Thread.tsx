import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { ChevronDown } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Virtuoso, type VirtuosoHandle } from 'react-virtuoso';
import type { ConversationView, FileView, MessageView } from '@/shared/api/schema.gen';
import { useFormat } from '@/shared/lib/format';
import { Icon } from '@/shared/ui/Icon';
import { isLocal } from '../outgoing';
import type { BubbleActions } from './Bubble';
import { beginsRun } from './runs';
import { messageDomId, ThreadRow } from './ThreadRow';
import { HistoryEdge } from './HistoryEdge';
import { useFirstIndex } from './useFirstIndex';
import { useReading } from './useReading';
import s from './Thread.module.css';

interface Props {
  view: ConversationView;
  /** Loaded messages of the conversation with what is on its way at the end. */
  messages: MessageView[];
  moreBefore: boolean;
  moreAfter: boolean;
  epoch: number;
  /** The message to start at, else the first unread one, else the end. */
  startAt: number | null;
  found: number | null;
  onOlder: () => void;
  onNewer: () => void;
  onJump: (message: number | 'newest') => void;
  onLook: (file: FileView) => void;
  onReply: (message: MessageView) => void;
  onMenu: (message: MessageView, at: { x: number; y: number }) => void;
}

/** Positions of the first and the last message that can really be seen: the list renders more than that. */
function visibleEdges(scroller: HTMLElement): { first: number; last: number } | null {
  const { top, bottom } = scroller.getBoundingClientRect();
  const rows = [...scroller.querySelectorAll<HTMLElement>('[data-index]')].filter((row) => {
    const box = row.getBoundingClientRect();
    return box.bottom > top + 8 && box.top < bottom - 16;
  });
  const at = (row: HTMLElement | undefined) => Number(row?.dataset.index);
  return rows.length ? { first: at(rows[0]), last: at(rows.at(-1)) } : null;
}

interface Shared { view: ConversationView; moreBefore: boolean; freshId: number | null; found: number | null; cursor: string | null; messages: MessageView[]; firstIndex: number; actions: BubbleActions; dayKey: (ms: number) => string }

const Row = (index: number, message: MessageView, shared: Shared) => {
  const before = shared.messages[index - shared.firstIndex - 1];
  const day = before ? shared.dayKey(before.sent_at) !== shared.dayKey(message.sent_at) : !shared.moreBefore;
  const mark = shared.found === message.id ? 'found' : shared.cursor === message.uid ? 'cursor' : undefined;
  return <ThreadRow message={message} first={beginsRun(message, before)} day={day} fresh={shared.freshId === message.id} group={shared.view.row.kind !== 'direct'} mark={mark} actions={shared.actions} />;
};

const components = { Header: ({ context }: { context?: Shared }) => (context ? <HistoryEdge view={context.view} moreBefore={context.moreBefore} /> : null), Footer: () => <div className={s.end} /> };

/** The messages. What the user reads stays where it is: history grows above it, news below it. */
export function Thread({ view, messages, moreBefore, moreAfter, epoch, startAt, found, onOlder, onNewer, onJump, onLook, onReply, onMenu }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const list = useRef<VirtuosoHandle>(null);
  const scroller = useRef<HTMLElement>(null);
  const firstIndex = useFirstIndex(messages, epoch);
  const [moving, setMoving] = useState<string | null>(null);
  const [atEnd, setAtEnd] = useState(true);
  const [cursor, setCursor] = useState<string | null>(null);
  const scrolling = useRef(false);
  const reading = useReading(view, messages, atEnd && !moreAfter);

  const [start] = useState(() => {
    const wanted = startAt ?? reading.freshId;
    const index = wanted === null ? -1 : messages.findIndex((message) => message.id === wanted);
    if (index < 0) return { index: 'LAST' as const, align: 'end' as const };
    return startAt === null ? { index, align: 'start' as const, offset: -40 } : { index, align: 'center' as const };
  });

  const onJumpTo = useCallback((id: number) => onJump(id), [onJump]);
  const actions = useMemo<BubbleActions>(() => ({ onJump: onJumpTo, onLook, onReply, onMenu }), [onJumpTo, onLook, onReply, onMenu]);
  const shared: Shared = { view, moreBefore, freshId: reading.freshId, found, cursor, messages, firstIndex, actions, dayKey: format.dayKey };

  // Own words are always followed; news only by somebody who stands at the end.
  const lastLocal = messages.findLast(isLocal)?.uid;
  useEffect(() => {
    if (lastLocal) list.current?.scrollToIndex({ index: 'LAST', align: 'end' });
  }, [lastLocal]);

  useEffect(() => {
    const index = found === null ? -1 : messages.findIndex((message) => message.id === found);
    if (index >= 0) list.current?.scrollIntoView({ index, align: 'center', behavior: 'auto' });
    // Only a new finding scrolls, not a new message.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [found]);

  const frame = useRef(0);
  const look = () => {
    cancelAnimationFrame(frame.current);
    frame.current = requestAnimationFrame(() => {
      const edges = scroller.current && visibleEdges(scroller.current);
      if (!edges) return;
      reading.seen(messages[edges.last]);
      const top = messages[edges.first];
      if (scrolling.current && top) setMoving(format.day(top.sent_at));
    });
  };
  useEffect(() => () => cancelAnimationFrame(frame.current), []);

  const toEnd = () => {
    if (moreAfter) onJump('newest');
    else list.current?.scrollToIndex({ index: 'LAST', align: 'end' });
  };

  const onKeyDown = (event: React.KeyboardEvent) => {
    const at = messages.findIndex((message) => message.uid === cursor);
    if (event.key === 'ArrowUp' || event.key === 'ArrowDown') {
      event.preventDefault();
      const next = at < 0 ? messages.length - 1 : Math.min(messages.length - 1, Math.max(0, at + (event.key === 'ArrowUp' ? -1 : 1)));
      setCursor(messages[next]?.uid ?? null);
      list.current?.scrollIntoView({ index: next });
    } else if (event.key === 'End') {
      toEnd();
    } else if ((event.key === 'Enter' || event.key === 'ContextMenu') && event.target === event.currentTarget) {
      const message = messages[at];
      const box = message && document.getElementById(messageDomId(message.uid))?.getBoundingClientRect();
      if (message && box) onMenu(message, { x: box.left + box.width / 2, y: box.bottom });
    }
  };

  return (
    <div className={s.wrap}>
      <Virtuoso
        ref={list} className={s.scroll} data={messages} context={shared} firstItemIndex={firstIndex} initialTopMostItemIndex={start}
        itemContent={Row} computeItemKey={(_index, message) => message.uid} components={components} alignToBottom defaultItemHeight={64} increaseViewportBy={{ top: 900, bottom: 500 }}
        startReached={onOlder} endReached={onNewer} followOutput={moreAfter ? false : 'auto'} atBottomStateChange={setAtEnd} atBottomThreshold={60}
        scrollerRef={(element) => { scroller.current = element instanceof HTMLElement ? element : null; }}
        onScroll={look} rangeChanged={look} isScrolling={(on) => { scrolling.current = on; look(); if (!on) setMoving(null); }}
        role="log" aria-label={t('inbox.thread.label')} aria-live="polite" tabIndex={0} onKeyDown={onKeyDown} onBlur={(e) => { if (!e.currentTarget.contains(e.relatedTarget)) setCursor(null); }}
      />
      {moving && <div className={s.moving} aria-hidden><span>{moving}</span></div>}
      {(!atEnd || moreAfter) && (
        <button type="button" className={s.pill} data-round={reading.below === 0 || undefined} aria-label={reading.below ? undefined : t('inbox.thread.toEnd')} onClick={toEnd}>
          <Icon of={ChevronDown} size={15} />{reading.below > 0 && t('inbox.thread.newBelow', { count: reading.below })}
        </button>
      )}
    </div>
  );
}

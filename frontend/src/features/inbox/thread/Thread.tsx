import { memo, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { ChevronDown } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { ConversationView, FileView, MessageView } from '@/shared/api/schema.gen';
import { useFormat } from '@/shared/lib/format';
import { Icon } from '@/shared/ui/Icon';
import { isLocal } from '../outgoing';
import { previewText } from '../preview';
import { quoteOf } from '../quoteOf';
import type { BubbleActions } from './Bubble';
import { HistoryEdge } from './HistoryEdge';
import { beginsRun } from './runs';
import { Scroller, type ScrollerHandle } from './Scroller';
import { messageDomId, ThreadRow } from './ThreadRow';
import { useMovingDay } from './useMovingDay';
import { useReading } from './useReading';
import s from './Thread.module.css';

interface Props {
  view: ConversationView;
  /** Loaded messages of the conversation with what is on its way at the end. */
  messages: MessageView[];
  moreBefore: boolean;
  moreAfter: boolean;
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

const keyOf = (message: MessageView) => message.uid;

/** The messages. What the user reads stays where it is: history grows above it, news below it. */
export const Thread = memo(function Thread({
  view,
  messages,
  moreBefore,
  moreAfter,
  startAt,
  found,
  onOlder,
  onNewer,
  onJump,
  onLook,
  onReply,
  onMenu,
}: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const list = useRef<ScrollerHandle>(null);
  const known = useRef(messages);
  useEffect(() => {
    known.current = messages;
  });
  const [atEnd, setAtEnd] = useState(true);
  const [cursor, setCursor] = useState<string | null>(null);
  const { freshId, below, seen } = useReading(view, messages, moreAfter, atEnd);
  const moving = useMovingDay();
  const group = view.row.kind !== 'direct';

  const [start] = useState(() => {
    const wanted = startAt ?? freshId;
    const message = wanted === null ? undefined : messages.find((one) => one.id === wanted);
    return message ? { key: message.uid, align: startAt === null ? ('top' as const) : ('center' as const) } : null;
  });

  const { show } = moving;
  const onSee = useCallback(
    (first: string, last: string, end: boolean, moved: boolean) => {
      const at = (key: string) => known.current.find((message) => message.uid === key);
      setAtEnd(end);
      seen(at(last));
      const top = at(first);
      if (top && moved) show(format.day(top.sent_at));
    },
    [seen, show, format],
  );

  const actions = useMemo<BubbleActions>(() => ({ onJump, onLook, onReply, onMenu }), [onJump, onLook, onReply, onMenu]);
  const row = (message: MessageView, before: MessageView | undefined) => (
    <ThreadRow
      message={message}
      first={beginsRun(message, before)}
      day={before ? format.dayKey(before.sent_at) !== format.dayKey(message.sent_at) : !moreBefore}
      fresh={freshId === message.id}
      group={group}
      peer={view.row.title}
      mark={found === message.id ? 'found' : cursor === message.uid ? 'cursor' : undefined}
      actions={actions}
    />
  );

  // Own words are always followed; news only by somebody who stands at the end.
  const lastLocal = messages.findLast(isLocal)?.uid;
  useEffect(() => {
    if (lastLocal) list.current?.toEnd();
  }, [lastLocal]);
  useEffect(() => {
    const message = found === null ? undefined : known.current.find((one) => one.id === found);
    if (message) list.current?.toRow(message.uid, 'center');
  }, [found]);

  const toEnd = () => {
    if (moreAfter) onJump('newest');
    else list.current?.toEnd();
  };

  const onKeyDown = (event: React.KeyboardEvent) => {
    const at = messages.findIndex((message) => message.uid === cursor);
    if (event.target !== event.currentTarget) return;
    if (event.key === 'ArrowUp' || event.key === 'ArrowDown') {
      event.preventDefault();
      const next =
        messages[at < 0 ? messages.length - 1 : Math.min(messages.length - 1, Math.max(0, at + (event.key === 'ArrowUp' ? -1 : 1)))];
      setCursor(next?.uid ?? null);
      if (next) list.current?.toRow(next.uid, 'nearest');
    } else if (event.key === 'End') {
      toEnd();
    } else if (event.key === 'Enter' || event.key === 'ContextMenu') {
      const message = messages[at];
      const box = message && document.getElementById(messageDomId(message.uid))?.getBoundingClientRect();
      if (!message || !box) return;
      event.preventDefault();
      onMenu(message, { x: box.left + box.width / 2, y: box.bottom });
    }
  };

  return (
    <div className={s.wrap}>
      <Scroller
        handle={list}
        items={messages}
        keyOf={keyOf}
        row={row}
        start={start}
        complete={!moreAfter}
        label={t('inbox.thread.label')}
        head={<HistoryEdge view={view} moreBefore={moreBefore} />}
        onNearTop={onOlder}
        onNearEnd={onNewer}
        onSee={onSee}
        onKeyDown={onKeyDown}
        onBlur={() => setCursor(null)}
      />
      <Announcer messages={messages} />
      {moving.day && (
        <div className={s.moving} aria-hidden>
          <span>{moving.day}</span>
        </div>
      )}
      {(!atEnd || moreAfter) && (
        <button
          type="button"
          className={s.pill}
          data-round={below === 0 || undefined}
          aria-label={below ? undefined : t('inbox.thread.toEnd')}
          onClick={toEnd}
        >
          <Icon of={ChevronDown} size={15} />
          {below > 0 && t('inbox.thread.newBelow', { count: below })}
        </button>
      )}
    </div>
  );
});

/** Reads a message that has just come in to a screen reader; history that is loaded above is not read. */
function Announcer({ messages }: { messages: readonly MessageView[] }) {
  const { t } = useTranslation();
  const last = messages.at(-1);
  const [opened] = useState(last?.uid);
  const news =
    last && last.uid !== opened && last.direction === 'in' ? `${last.author ?? ''}: ${previewText(t, quoteOf(last).preview)}` : '';
  return (
    <div className="unseen" role="status">
      {news}
    </div>
  );
}

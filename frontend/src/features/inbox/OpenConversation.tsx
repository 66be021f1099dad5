import { useEffect, useState } from 'react';
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Search } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useCall } from '@/shared/api/rpc';
import type { ConversationRow, ConversationView } from '@/shared/api/schema.gen';
import { useActions } from '@/shared/lib/actions';
import { useErrorText } from '@/shared/lib/useErrorText';
import { ConversationPane } from './ConversationPane';
import { ThreadHead } from './thread/ThreadHead';
import { useThread, viewQuery } from './thread/useThread';
import type { RowActions } from './useRowActions';
import s from './ConversationPane.module.css';

interface Props {
  id: number;
  /** Its row in the list, when it is there: enough for the head. */
  row: ConversationRow | undefined;
  target: number | undefined;
  /** With what the filters keep out. */
  filtered: boolean;
  onReached: () => void;
  actions: RowActions;
  panelOpen: boolean;
  onBack: (() => void) | undefined;
  onPanel: () => void;
}

/** One conversation, from the moment it is chosen: its head at once, its messages as soon as they are there. */
export function OpenConversation({ id, row: listed, target, filtered, onReached, actions, panelOpen, onBack, onPanel }: Props) {
  const { t } = useTranslation();
  const { data: view, error, isFetching, refetch } = useQuery(viewQuery(useCall(), id));
  const [searchIn, setSearchIn] = useState<number | null>(null);
  useActions([
    {
      id: 'thread.search',
      group: 'conversation',
      label: t('inbox.head.search'),
      icon: Search,
      keys: ['mod+f'],
      run: () => setSearchIn(id),
    },
  ]);

  const row = view?.row ?? listed;
  const searching = searchIn === id;
  return (
    <section className={s.conversation} aria-label={row ? t('inbox.thread.of', { name: row.title }) : undefined}>
      {row ? (
        <ThreadHead
          row={row}
          view={view}
          actions={actions}
          panelOpen={panelOpen}
          onBack={onBack}
          onSearch={() => setSearchIn(searching ? null : id)}
          onPanel={onPanel}
        />
      ) : (
        <div className={s.headPlace} />
      )}
      {view ? (
        <Body
          key={`${id} ${filtered}`}
          view={view}
          fresh={!isFetching}
          target={target}
          filtered={filtered}
          onReached={onReached}
          searching={searching}
          onSearchEnd={() => setSearchIn(null)}
        />
      ) : (
        <div className={s.pane}>{error && <Failed error={error} onAgain={() => void refetch()} />}</div>
      )}
    </section>
  );
}

interface BodyProps {
  view: ConversationView;
  fresh: boolean;
  filtered: boolean;
  target: number | undefined;
  onReached: () => void;
  searching: boolean;
  onSearchEnd: () => void;
}

function Body({ view, fresh, filtered, ...rest }: BodyProps) {
  const thread = useThread(view.row.id, filtered);
  const ready = useSettled(view, thread, !fresh || thread.fetching);
  if (thread.stretch && ready) return <ConversationPane view={view} thread={thread} stretch={thread.stretch} {...rest} />;
  return <div className={s.pane}>{thread.error && <Failed error={thread.error} onAgain={() => void thread.again()} />}</div>;
}

function Failed({ error, onAgain }: { error: unknown; onAgain: () => void }) {
  const { t } = useTranslation();
  const text = useErrorText();
  return (
    <div className={s.nothing} role="alert">
      <b>{t('inbox.thread.failed')}</b>
      {text(error)}
      <Button variant="default" mt={12} onClick={onAgain}>
        {t('act.retry')}
      </Button>
    </div>
  );
}

/** So long a conversation that is known from before waits for its news; after that it is shown as it was. */
const NEWS_MS = 80;

/**
 * A conversation opens at its first unread message, not at the end of what was known of it: so it waits the few
 * milliseconds until its news are there, and loads the place of that message when it lies further back.
 */
function useSettled(view: ConversationView, thread: ReturnType<typeof useThread>, fetching: boolean): boolean {
  const [ready, setReady] = useState(false);
  const [late, setLate] = useState(false);
  const { stretch, jump } = thread;
  const unread = view.first_unread_id;
  const there = stretch !== undefined && (unread === null || stretch.items.some((message) => message.id === unread));

  useEffect(() => {
    const timer = setTimeout(() => setLate(true), NEWS_MS);
    return () => clearTimeout(timer);
  }, []);
  useEffect(() => {
    if (ready || fetching || !stretch || there || unread === null) return;
    jump(unread).catch(() => setReady(true));
  }, [ready, fetching, stretch, there, unread, jump]);

  const now = there && (!fetching || late);
  useEffect(() => {
    if (now) setReady(true);
  }, [now]);
  return ready || now;
}

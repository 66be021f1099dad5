import { useEffect, useState } from 'react';
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Search } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useCall } from '@/shared/api/rpc';
import type { ConversationView } from '@/shared/api/schema.gen';
import { useActions } from '@/shared/lib/actions';
import { useErrorText } from '@/shared/lib/useErrorText';
import { ConversationPane } from './ConversationPane';
import { ThreadHead } from './thread/ThreadHead';
import { useThread, viewQuery } from './thread/useThread';
import type { RowActions } from './useRowActions';
import s from './ConversationPane.module.css';

interface Props {
  id: number;
  target: number | undefined;
  onReached: () => void;
  actions: RowActions;
  panelOpen: boolean;
  onBack: (() => void) | undefined;
  onPanel: () => void;
}

/** One conversation, from the moment it is chosen: its head at once, its messages as soon as they are there. */
export function OpenConversation({ id, target, onReached, actions, panelOpen, onBack, onPanel }: Props) {
  const { t } = useTranslation();
  const text = useErrorText();
  const call = useCall();
  const { data: view, error: noView, isFetching } = useQuery(viewQuery(call, id));
  const thread = useThread(id);
  const [searching, setSearching] = useState(false);
  useActions([{ id: 'thread.search', group: 'conversation', label: t('inbox.head.search'), icon: Search, keys: ['mod+f'], run: () => setSearching(true) }]);

  const error = noView ?? thread.error;
  const ready = useSettled(view, thread, isFetching || thread.fetching);
  return (
    <section className={s.conversation} aria-label={view ? t('inbox.thread.of', { name: view.row.title }) : undefined}>
      {view ? <ThreadHead view={view} actions={actions} panelOpen={panelOpen} onBack={onBack} onSearch={() => setSearching((on) => !on)} onPanel={onPanel} /> : <div className={s.headPlace} />}
      {view && thread.stretch && ready
        ? <ConversationPane view={view} thread={thread} stretch={thread.stretch} target={target} onReached={onReached} searching={searching} onSearchEnd={() => setSearching(false)} />
        : <div className={s.pane}>{error && <div className={s.nothing} role="alert"><b>{t('inbox.thread.failed')}</b>{text(error)}<Button variant="default" mt={12} onClick={() => void thread.again()}>{t('act.retry')}</Button></div>}</div>}
    </section>
  );
}

/** So long a conversation that is known from before waits for its news; after that it is shown as it was. */
const NEWS_MS = 80;

/**
 * A conversation opens at its first unread message, not at the end of what was known of it: so it waits the few
 * milliseconds until its news are there, and loads the place of that message when it lies further back.
 */
function useSettled(view: ConversationView | undefined, thread: ReturnType<typeof useThread>, fetching: boolean): boolean {
  const [ready, setReady] = useState(false);
  const [late, setLate] = useState(false);
  const { stretch, jump } = thread;
  const unread = view?.first_unread_id ?? null;
  const there = stretch !== undefined && (unread === null || stretch.items.some((message) => message.id === unread));

  useEffect(() => {
    const timer = setTimeout(() => setLate(true), NEWS_MS);
    return () => clearTimeout(timer);
  }, []);
  useEffect(() => {
    if (ready || fetching || !stretch || there || unread === null) return;
    jump(unread).catch(() => setReady(true));
  }, [ready, fetching, stretch, there, unread, jump]);

  const now = view !== undefined && there && (!fetching || late);
  useEffect(() => {
    if (now) setReady(true);
  }, [now]);
  return ready || now;
}

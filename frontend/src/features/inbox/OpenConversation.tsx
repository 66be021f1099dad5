import { useState } from 'react';
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
  actions: RowActions;
  panelOpen: boolean;
  onBack: (() => void) | undefined;
  onPanel: () => void;
}

/** One conversation, from the moment it is chosen: its head at once, its messages as soon as they are there. */
export function OpenConversation({ id, target, actions, panelOpen, onBack, onPanel }: Props) {
  const { t } = useTranslation();
  const text = useErrorText();
  const call = useCall();
  const { data: view, error: noView } = useQuery(viewQuery(call, id));
  const thread = useThread(id);
  const [searching, setSearching] = useState(false);
  useActions([{ id: 'thread.search', group: 'conversation', label: t('inbox.head.search'), icon: Search, keys: ['mod+f'], run: () => setSearching(true) }]);

  const error = noView ?? thread.error;
  const ready = useSettled(view, thread.fetching);
  return (
    <section className={s.conversation} aria-label={view ? t('inbox.thread.of', { name: view.row.title }) : undefined}>
      {view ? <ThreadHead view={view} actions={actions} panelOpen={panelOpen} onBack={onBack} onSearch={() => setSearching((on) => !on)} onPanel={onPanel} /> : <div className={s.headPlace} />}
      {view && thread.stretch && ready
        ? <ConversationPane view={view} thread={thread} stretch={thread.stretch} target={target} searching={searching} onSearchEnd={() => setSearching(false)} />
        : <div className={s.pane}>{error && <div className={s.nothing} role="alert"><b>{t('inbox.thread.failed')}</b>{text(error)}<Button variant="default" mt={12} onClick={() => void thread.again()}>{t('act.retry')}</Button></div>}</div>}
    </section>
  );
}

/**
 * A conversation that was open before is shown at once; but one with news waits the few milliseconds until they are
 * there, so that it opens at the first unread message and not at the end of what was known.
 */
function useSettled(view: ConversationView | undefined, fetching: boolean): boolean {
  const [ready, setReady] = useState(false);
  const now = view !== undefined && (!fetching || view.row.unread === 0);
  if (now && !ready) setReady(true);
  return ready || now;
}

import type { Query, QueryClient } from '@tanstack/react-query';
import type { Host } from '../host';
import type { Change } from './schema.gen';

/** Least time between two refetches under one tag: a flood of messages redraws ten times a second, not a thousand. */
const QUIET_MS = 100;

/** `messages:7` names one row, `messages` any. */
type TagKey = string;

function keysOf(change: Change): TagKey[] {
  switch (change.tag) {
    case 'conversations':
      return change.ids.length ? change.ids.map((id) => `conversations:${id}`) : ['conversations'];
    case 'messages':
      return [`messages:${change.conversation_id}`];
    case 'rules':
      return [`rules:${change.account_id}`];
    // Not made of rows: a listener of its own each.
    case 'typing':
    case 'notify':
    case 'everything':
      return [];
    default:
      return [change.tag];
  }
}

/** A query tells in `meta.tags` what it is made of: `conversations` (any change there) or `messages:7` (changes of that one). */
function touches(query: Query, changed: ReadonlySet<TagKey>, families: ReadonlySet<TagKey>): boolean {
  const tags = (query.meta?.tags ?? []) as TagKey[];
  return tags.some((own) => changed.has(own) || families.has(own) || changed.has(own.split(':')[0] ?? ''));
}

/**
 * Asks for the answers of these queries once more. A first answer that is still on its way can't be cancelled and may
 * be older than the change: those queries are asked when it has arrived.
 */
function askAgain(client: QueryClient, predicate: (query: Query) => boolean = () => true): void {
  const early = client
    .getQueryCache()
    .findAll({ predicate: (query) => predicate(query) && query.state.data === undefined && query.state.fetchStatus === 'fetching' });
  void client.invalidateQueries({ predicate }, { cancelRefetch: true });
  early.forEach(
    (query) => void query.promise?.catch(() => undefined).then(() => client.invalidateQueries({ predicate: (one) => one === query })),
  );
}

/**
 * Turns announcements into refetches. One refetch runs at a time; what is announced meanwhile runs after it,
 * so the last answer is never older than the last announcement.
 */
export function watchChanges(host: Host, client: QueryClient, onState: (state: 'open' | 'lost') => void): () => void {
  let waiting = new Set<TagKey>();
  let running = false;
  let stopped = false;

  const refetch = async () => {
    if (running) return;
    running = true;
    while (waiting.size > 0 && !stopped) {
      const changed = waiting;
      waiting = new Set();
      const families = new Set([...changed].map((key) => key.split(':')[0] ?? key));
      const pause = new Promise((done) => setTimeout(done, QUIET_MS));
      askAgain(client, (query) => touches(query, changed, families));
      await pause;
    }
    running = false;
  };

  const stop = host.subscribe({
    onChange(change) {
      changeListeners.forEach((tell) => tell(change));
      if (change.tag === 'everything') askAgain(client);
      keysOf(change).forEach((key) => waiting.add(key));
      void refetch();
    },
    onState(state) {
      onState(state);
      if (state === 'open') askAgain(client);
    },
  });
  return () => {
    stopped = true;
    stop();
  };
}

const changeListeners = new Set<(change: Change) => void>();

/** For what is more than a refetch: somebody types, a notification, single rows. */
export function onChange(tell: (change: Change) => void): () => void {
  changeListeners.add(tell);
  return () => changeListeners.delete(tell);
}

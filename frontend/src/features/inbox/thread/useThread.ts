import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { queryOptions, useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query';
import type { ApiError } from '@/shared/api/errors';
import { rpcQuery, useCall, type Call } from '@/shared/api/rpc';
import { FIRST, joined, refreshed, STEP, stretchOf, withNewer, withOlder, type Stretch } from './window';

const threadKey = (conversation: number, filtered: boolean) => ['messages.list', conversation, filtered] as const;

/** What the filters keep out is shown only to those who ask for it. */
const asking = (call: Call, filtered: boolean): Call =>
  filtered ? (name, payload) => call(name, name === 'messages.list' ? { ...payload, filtered: true } : payload) : call;

export const viewQuery = (call: Call, conversation: number) =>
  rpcQuery(call, 'conversations.get', { conversation_id: conversation }, [`conversations:${conversation}`, 'accounts']);

/** Opens at the first unread message, else at the end; later answers refresh what is loaded. */
const threadQuery = (client: QueryClient, call: Call, conversation: number, filtered: boolean) =>
  queryOptions<Stretch, ApiError>({
    queryKey: threadKey(conversation, filtered),
    queryFn: async () => {
      const old = client.getQueryData<Stretch>(threadKey(conversation, filtered));
      if (old) return joined(await refreshed(call, conversation, old), client.getQueryData<Stretch>(threadKey(conversation, filtered)));
      const view = await client.fetchQuery({ ...viewQuery(call, conversation), staleTime: 0 });
      const from = view.first_unread_id === null ? { at: 'newest' as const } : { at: 'around' as const, id: view.first_unread_id };
      return stretchOf(
        await call('messages.list', { conversation_id: conversation, from, limit: view.first_unread_id === null ? FIRST : STEP }),
      );
    },
    structuralSharing: false,
    meta: { tags: [`messages:${conversation}`] },
  });

/** Asks for what a click on this conversation will need. */
export function prefetchThread(client: QueryClient, call: Call, conversation: number, filtered: boolean): void {
  void client.prefetchQuery({ ...threadQuery(client, asking(call, filtered), conversation, filtered), staleTime: 0 });
  void client.prefetchQuery(viewQuery(call, conversation));
}

/** The loaded stretch of a conversation and the ways to move it. */
export function useThread(conversation: number, filtered: boolean) {
  const plain = useCall();
  const call = useMemo(() => asking(plain, filtered), [plain, filtered]);
  const client = useQueryClient();
  const query = useQuery(threadQuery(client, call, conversation, filtered));
  /** Counts the jumps: after one nothing of the old scroll position holds. */
  const [epoch, setEpoch] = useState(0);
  const busy = useRef({ older: false, newer: false });

  const put = useCallback(
    (change: (old: Stretch) => Stretch) => client.setQueryData<Stretch>(threadKey(conversation, filtered), (old) => old && change(old)),
    [client, conversation, filtered],
  );

  const older = useCallback(async () => {
    const loaded = client.getQueryData<Stretch>(threadKey(conversation, filtered));
    const first = loaded?.items[0];
    if (!loaded || !first || !loaded.moreBefore || busy.current.older) return;
    busy.current.older = true;
    try {
      const page = await call('messages.list', { conversation_id: conversation, from: { at: 'before', id: first.id }, limit: STEP });
      put((old) => (old.items[0]?.id === first.id ? withOlder(old, page) : old));
    } finally {
      busy.current.older = false;
    }
  }, [call, client, conversation, filtered, put]);

  const newer = useCallback(async () => {
    const loaded = client.getQueryData<Stretch>(threadKey(conversation, filtered));
    const last = loaded?.items.at(-1);
    if (!loaded || !last || !loaded.moreAfter || busy.current.newer) return;
    busy.current.newer = true;
    try {
      const page = await call('messages.list', { conversation_id: conversation, from: { at: 'after', id: last.id }, limit: STEP });
      put((old) => (old.items.at(-1)?.id === last.id ? withNewer(old, page) : old));
    } finally {
      busy.current.newer = false;
    }
  }, [call, client, conversation, filtered, put]);

  /** Loads the neighbourhood of a message, or the end. */
  const jump = useCallback(
    async (message: number | 'newest') => {
      const from = message === 'newest' ? { at: 'newest' as const } : { at: 'around' as const, id: message };
      const page = await call('messages.list', { conversation_id: conversation, from, limit: STEP });
      await client.cancelQueries({ queryKey: threadKey(conversation, filtered) });
      client.setQueryData<Stretch>(threadKey(conversation, filtered), stretchOf(page));
      setEpoch((n) => n + 1);
    },
    [call, client, conversation, filtered],
  );

  // Left in the middle of its history, the next visit begins at the end again.
  useEffect(
    () => () => {
      const left = client.getQueryData<Stretch>(threadKey(conversation, filtered));
      if (left && (left.moreAfter || left.items.length > 3 * STEP)) client.removeQueries({ queryKey: threadKey(conversation, filtered) });
    },
    [client, conversation, filtered],
  );

  return { stretch: query.data, fetching: query.isFetching, error: query.error, again: query.refetch, epoch, older, newer, jump };
}

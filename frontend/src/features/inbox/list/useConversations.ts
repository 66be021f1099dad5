import { useCallback, useEffect, useRef } from 'react';
import { keepPreviousData, queryOptions, useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query';
import { onChange } from '@/shared/api/changes';
import type { ApiError } from '@/shared/api/errors';
import { nothing, rpcQuery, useCall, type Call } from '@/shared/api/rpc';
import type { ConversationRow } from '@/shared/api/schema.gen';
import { withFreshHead, withNextPage, withRows, type ListQuestion, type LoadedRows } from './rows';

const PAGE = 100;
/** More changed rows than this at once are asked for when they are seen again, not one by one. */
const SINGLE_ROWS = 24;

const listKey = (question: ListQuestion) => ['conversations.list', question] as const;

const listQuery = (client: QueryClient, call: Call, question: ListQuestion) =>
  queryOptions<LoadedRows, ApiError>({
    queryKey: listKey(question),
    queryFn: async () => {
      const head = await call('conversations.list', { ...question, cursor: null, limit: PAGE });
      return withFreshHead(client.getQueryData<LoadedRows>(listKey(question)), head);
    },
    structuralSharing: false,
    meta: { tags: ['conversations'] },
  });

export const everything: ListQuestion = { filter: 'all', account_ids: [], tag: null };

export const prefetchInbox = (client: QueryClient, call: Call): Promise<void> => client.prefetchQuery(listQuery(client, call, everything));

export const countsQuery = (call: Call) => rpcQuery(call, 'conversations.counts', nothing, ['conversations']);

/** A view of the list as far as it is loaded, kept fresh. */
export function useConversations(question: ListQuestion) {
  const call = useCall();
  const client = useQueryClient();
  const query = useQuery({ ...listQuery(client, call, question), placeholderData: keepPreviousData });
  const loading = useRef(false);
  const now = useRef(question);
  useEffect(() => {
    now.current = question;
  });

  const more = useCallback(async () => {
    const asked = now.current;
    const loaded = client.getQueryData<LoadedRows>(listKey(asked));
    if (!loaded?.cursor || loading.current) return;
    loading.current = true;
    try {
      const page = await call('conversations.list', { ...asked, cursor: loaded.cursor, limit: PAGE });
      client.setQueryData<LoadedRows>(listKey(asked), (old) => (old && old.cursor === loaded.cursor ? withNextPage(old, page) : old));
    } finally {
      loading.current = false;
    }
  }, [call, client]);

  useEffect(
    () =>
      onChange((change) => {
        if (change.tag !== 'conversations' || change.ids.length === 0 || change.ids.length > SINGLE_ROWS) return;
        const asked = now.current;
        const deep =
          client
            .getQueryData<LoadedRows>(listKey(asked))
            ?.rows.slice(PAGE)
            .filter((row) => change.ids.includes(row.id)) ?? [];
        if (deep.length === 0) return;
        void Promise.all(deep.map((row) => call('conversations.get', { conversation_id: row.id })))
          .then((views) => {
            const fresh: ConversationRow[] = views.map((view) => view.row);
            client.setQueryData<LoadedRows>(listKey(asked), (old) => old && withRows(old, fresh, asked));
          })
          .catch(() => undefined);
      }),
    [call, client],
  );

  return {
    rows: query.data?.rows,
    complete: query.data?.cursor === null,
    stale: query.isPlaceholderData,
    error: query.error,
    again: query.refetch,
    more,
  };
}

/** Draws a change of rows in every loaded view before the backend has answered; returns the undo. */
export function patchRows(client: QueryClient, ids: readonly number[], change: (row: ConversationRow) => ConversationRow): () => void {
  const before = client.getQueriesData<LoadedRows>({ queryKey: ['conversations.list'] });
  for (const [key, loaded] of before) {
    if (!loaded) continue;
    const question = key[1] as ListQuestion;
    const fresh = loaded.rows.filter((row) => ids.includes(row.id)).map(change);
    client.setQueryData<LoadedRows>(key, withRows(loaded, fresh, question));
  }
  return () => before.forEach(([key, loaded]) => client.setQueryData(key, loaded));
}

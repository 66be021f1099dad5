import { infiniteQueryOptions, type InfiniteData, type QueryClient } from '@tanstack/react-query';
import type { ApiError } from '@/shared/api/errors';
import type { Call } from '@/shared/api/rpc';
import type { ConversationPage, ListConversations } from '@/shared/api/schema.gen';

export type ListQuestion = Pick<ListConversations, 'filter' | 'account_ids' | 'tag'>;

const PAGE = 100;

export const conversationList = (call: Call, question: ListQuestion) =>
  infiniteQueryOptions<ConversationPage, ApiError, InfiniteData<ConversationPage>, readonly unknown[], string | null>({
    queryKey: ['conversations.list', question],
    queryFn: ({ pageParam }) => call('conversations.list', { ...question, cursor: pageParam, limit: PAGE }),
    initialPageParam: null,
    getNextPageParam: (last) => last.cursor ?? undefined,
    meta: { tags: ['conversations'] },
  });

export const everything: ListQuestion = { filter: 'all', account_ids: [], tag: null };

export async function prefetchInbox(client: QueryClient, call: Call): Promise<void> {
  await client.prefetchInfiniteQuery(conversationList(call, everything)).catch(() => undefined);
}

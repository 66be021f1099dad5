import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { JournalFilter, JournalItem, JournalPage, RepliesFilter, RepliesPage, ReplyItem } from '@/shared/api/schema.gen';
import type { ApiError } from '@/shared/api/errors';
import { rpcQuery, useCall } from '@/shared/api/rpc';

/** Rows of a page; the next one comes when the end is near. */
const LIMIT = 100;
const tags = ['messages', 'journal', 'replies'];

export function useMessages(filter: JournalFilter) {
  const call = useCall();
  return useInfiniteQuery<JournalPage, ApiError, JournalItem[], unknown[], string | null>({
    queryKey: ['journal.list', filter],
    queryFn: ({ pageParam }) => call('journal.list', { filter, ...(pageParam ? { after: pageParam } : {}), limit: LIMIT }),
    initialPageParam: null,
    getNextPageParam: ({ next }) => next ?? undefined,
    select: ({ pages }) => pages.flatMap(({ items }) => items),
    placeholderData: keepPreviousData,
    meta: { tags },
  });
}

export function useReplies(filter: RepliesFilter) {
  const call = useCall();
  return useInfiniteQuery<RepliesPage, ApiError, ReplyItem[], unknown[], string | null>({
    queryKey: ['replies.list', filter],
    queryFn: ({ pageParam }) => call('replies.list', { filter, ...(pageParam ? { after: pageParam } : {}), limit: LIMIT }),
    initialPageParam: null,
    getNextPageParam: ({ next }) => next ?? undefined,
    select: ({ pages }) => pages.flatMap(({ items }) => items),
    placeholderData: keepPreviousData,
    meta: { tags },
  });
}

export const useTotals = (filter: JournalFilter) =>
  useQuery({ ...rpcQuery(useCall(), 'journal.totals', filter, tags), placeholderData: keepPreviousData });
export const useMessageJournal = (message_id: number) => useQuery(rpcQuery(useCall(), 'journal.message', { message_id }, tags));

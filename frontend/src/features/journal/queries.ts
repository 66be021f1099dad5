import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { CrmLinkRow, JournalPage, JournalQuery, RepliesQuery, ReplyRow } from '@/shared/api/planned';
import type { ApiError } from '@/shared/api/errors';
import { nothing, rpcQuery, useCall } from '@/shared/api/rpc';

/** Rows of a page; the next one comes when the end is near. */
const LIMIT = 100;
const tags = ['messages', 'journal', 'crm'];

export const useLinks = (): CrmLinkRow[] => useQuery({ ...rpcQuery(useCall(), 'crm.links', nothing, ['crm']), retry: false }).data ?? [];

export function useMessages(query: JournalQuery) {
  const call = useCall();
  return useInfiniteQuery<JournalPage, ApiError, JournalPage['items'], unknown[], string | null>({
    queryKey: ['journal.messages', query],
    queryFn: ({ pageParam }) => call('journal.messages', { ...query, cursor: pageParam, limit: LIMIT }),
    initialPageParam: null,
    getNextPageParam: ({ cursor }) => cursor ?? undefined,
    select: ({ pages }) => pages.flatMap(({ items }) => items),
    placeholderData: keepPreviousData,
    meta: { tags },
  });
}

export function useReplies(query: RepliesQuery) {
  const call = useCall();
  return useInfiniteQuery<{ items: ReplyRow[]; cursor: string | null }, ApiError, ReplyRow[], unknown[], string | null>({
    queryKey: ['journal.replies', query],
    queryFn: ({ pageParam }) => call('journal.replies', { ...query, cursor: pageParam, limit: LIMIT }),
    initialPageParam: null,
    getNextPageParam: ({ cursor }) => cursor ?? undefined,
    select: ({ pages }) => pages.flatMap(({ items }) => items),
    placeholderData: keepPreviousData,
    meta: { tags },
  });
}

export const useTotals = (query: JournalQuery) =>
  useQuery({ ...rpcQuery(useCall(), 'journal.totals', query, tags), placeholderData: keepPreviousData });
export const useMessageJournal = (message_id: number) => useQuery(rpcQuery(useCall(), 'journal.message', { message_id }, tags));

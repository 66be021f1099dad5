import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import type { ApiError } from '@/shared/api/errors';
import { useCall } from '@/shared/api/rpc';
import type { Search, SearchPage } from '@/shared/api/schema.gen';

/** Page after page, each from where the last one ended. */
export function useSearchPages(question: Omit<Search, 'cursor'>) {
  const call = useCall();
  return useInfiniteQuery<
    SearchPage,
    ApiError,
    { conversations: SearchPage['conversations']; messages: SearchPage['messages'] },
    unknown[],
    string | null
  >({
    queryKey: ['search', 'pages', question],
    queryFn: ({ pageParam }) => call('search', { ...question, cursor: pageParam }),
    initialPageParam: null,
    getNextPageParam: (page) => page.cursor,
    select: ({ pages }) => ({ conversations: pages[0]?.conversations ?? [], messages: pages.flatMap((page) => page.messages) }),
    enabled: question.text !== '',
    placeholderData: keepPreviousData,
    // What was found stays put while people write: a list that moves under the pointer finds nothing.
    staleTime: 30_000,
  });
}

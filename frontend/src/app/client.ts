import { QueryClient } from '@tanstack/react-query';
import { toApiError } from '@/shared/api/errors';

const isOutOfReach = (cause: unknown): boolean => toApiError(cause).code === 'unreachable';

/** The backend announces changes, so nothing grows old by the clock; it is on this machine, so "offline" does not matter. */
export const createClient = (): QueryClient =>
  new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: Infinity,
        gcTime: 10 * 60_000,
        networkMode: 'always',
        refetchOnWindowFocus: false,
        refetchOnReconnect: false,
        retry: (count, cause) => count < 5 && isOutOfReach(cause),
        retryDelay: (count) => Math.min(300 * 2 ** count, 5000),
      },
      mutations: { networkMode: 'always', retry: false },
    },
  });

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { toApiError, type ApiError } from '@/shared/api/errors';
import { useHost } from '@/shared/host';
import { ownCall, statusQuery, type WorkspaceStatus } from './status';

/** A call about the workspace itself: its answer is the new state, and a refusal may have changed the state, too. */
export function useOwnCall(name: 'workspace.unlock' | 'workspace.retry' | 'workspace.restore') {
  const host = useHost();
  const client = useQueryClient();
  const { queryKey } = statusQuery(host);
  return useMutation<WorkspaceStatus, ApiError, object>({
    mutationFn: (payload) =>
      ownCall(host, name, payload).catch((cause: unknown) => {
        throw toApiError(cause);
      }),
    onSuccess: (status) => {
      client.setQueryData(queryKey, status);
      if (status.state === 'open') void client.invalidateQueries({ predicate: (query) => query.queryKey[0] !== queryKey[0] });
    },
    onError: () => void client.invalidateQueries({ queryKey }),
  });
}

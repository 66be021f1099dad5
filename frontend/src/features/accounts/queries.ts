import { useQuery } from '@tanstack/react-query';
import { accountsQuery } from '@/shared/api/accounts';
import { useCall, usePatch, useRpcMutation } from '@/shared/api/rpc';
import { useErrorText } from '@/shared/lib/useErrorText';
import { complain } from '@/shared/ui/complain';
import type { AccountId } from '@/shared/api/schema.gen';

export const useAccounts = () => useQuery(accountsQuery(useCall()));

/** Switches accounts on or off: drawn at once, taken back when it is refused. */
export function useActivate(): (ids: AccountId[], active: boolean) => void {
  const patch = usePatch();
  const text = useErrorText();
  const { mutate } = useRpcMutation('accounts.activate', {
    optimistic: ({ account_ids, active }) =>
      patch('accounts.list', (rows) => rows.map((row) => (account_ids.includes(row.id) ? { ...row, active } : row))),
  });
  return (account_ids, active) => mutate({ account_ids, active }, { onError: (cause) => complain(text(cause)) });
}

/** Tries the connection again now instead of later. */
export function useRetry(): (id: AccountId) => void {
  const text = useErrorText();
  const { mutate } = useRpcMutation('accounts.retry');
  return (account_id) => mutate({ account_id }, { onError: (cause) => complain(text(cause)) });
}

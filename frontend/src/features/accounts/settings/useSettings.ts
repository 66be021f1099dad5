import { useState } from 'react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { rpcQuery, useCall } from '@/shared/api/rpc';
import type { AccountId } from '@/shared/api/schema.gen';
import { differs, draftOf, sentOf, updateOf, valuesOf, type AccountDraft, type Values } from './draft';

/** Everything stored about a channel and its behaviour. */
export function useStored(account_id: AccountId) {
  const call = useCall();
  const details = useQuery(rpcQuery(call, 'accounts.get', { account_id }, ['accounts']));
  const form = useQuery(rpcQuery(call, 'rules.get', { account_id }, ['accounts', `rules:${account_id}`]));
  const all = [details, form];
  return {
    stored: details.data && form.data ? { details: details.data, form: form.data } : null,
    error: all.find(({ error }) => error)?.error ?? null,
    refetch: () => all.filter(({ error }) => error).forEach((query) => void query.refetch()),
  };
}
export type Stored = NonNullable<ReturnType<typeof useStored>['stored']>;

const reads = ['accounts.get', 'rules.get'] as const;

/** What a person has changed and not saved yet, and the way to save it. */
export function useDraft({ details, form }: Stored) {
  const call = useCall();
  const client = useQueryClient();
  const before = { account: draftOf(details), values: valuesOf(form) };
  const [account, setAccount] = useState<AccountDraft | null>(null);
  const [values, setValues] = useState<Values | null>(null);
  const shown = { account: account ?? before.account, values: values ?? before.values };
  const changedKeys = Object.keys(shown.values).filter((key) => JSON.stringify(shown.values[key]) !== JSON.stringify(before.values[key]));
  const accountChanged = differs(before.account, shown.account);
  const account_id = details.row.id;

  return {
    shown,
    changedKeys,
    accountChanged,
    sent: sentOf(form, shown.values),
    changeAccount: (patch: Partial<AccountDraft>) => setAccount((old) => ({ ...(old ?? before.account), ...patch })),
    change: (patch: Values) => setValues((old) => ({ ...(old ?? before.values), ...patch })),
    drop: () => {
      setAccount(null);
      setValues(null);
    },
    /** Part by part: what was stored stays stored when the second is refused. */
    async save(): Promise<void> {
      try {
        if (accountChanged) await call('accounts.update', updateOf(account_id, before.account, shown.account));
        if (changedKeys.length > 0) await call('rules.save', { account_id, values: sentOf(form, shown.values) });
      } finally {
        await Promise.all(reads.map((name) => client.invalidateQueries({ queryKey: [name] })));
      }
    },
  };
}

import { useState } from 'react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { AutoReply, FilterRules } from '@/shared/api/planned';
import { rpcQuery, useCall } from '@/shared/api/rpc';
import type { AccountId } from '@/shared/api/schema.gen';
import type { Channel } from '@/shared/channels/channels';
import { differs, draftOf, updateOf, type AccountDraft } from './draft';

/** What can be set about one channel: three parts, stored apart. */
export interface Parts {
  account: AccountDraft;
  rules: FilterRules;
  reply: AutoReply;
}
export type Part = keyof Parts;

/** Everything stored about a channel's behaviour. */
export function useStored(account_id: AccountId) {
  const call = useCall();
  const tags = ['accounts'];
  const details = useQuery(rpcQuery(call, 'accounts.get', { account_id }, tags));
  const rules = useQuery(rpcQuery(call, 'filters.get', { account_id }, tags));
  const reply = useQuery(rpcQuery(call, 'auto_reply.get', { account_id }, tags));
  const all = [details, rules, reply];
  const stored = details.data && rules.data && reply.data ? { details: details.data, rules: rules.data, reply: reply.data } : null;
  return {
    stored,
    error: all.find(({ error }) => error)?.error ?? null,
    refetch: () => all.filter(({ error }) => error).forEach((query) => void query.refetch()),
  };
}
export type Stored = NonNullable<ReturnType<typeof useStored>['stored']>;

const reads = ['accounts.get', 'filters.get', 'auto_reply.get'] as const;

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** What a person has changed and not saved yet, and the way to save it. */
export function useDraft(stored: Stored, channel: Channel) {
  const call = useCall();
  const client = useQueryClient();
  const [draft, setDraft] = useState<Partial<Parts>>({});
  const before: Parts = { account: draftOf(stored.details, channel.info), rules: stored.rules, reply: stored.reply };
  const shown: Parts = { ...before, ...draft };
  const changed: Record<Part, boolean> = {
    account: differs(before.account, shown.account),
    rules: !same(before.rules, shown.rules),
    reply: !same(before.reply, shown.reply),
  };
  const account_id = stored.details.row.id;
  const writes: Record<Part, () => Promise<unknown>> = {
    account: () => call('accounts.update', updateOf(account_id, before.account, shown.account, channel.info, stored.details.settings)),
    rules: () => call('filters.save', { account_id, rules: shown.rules }),
    reply: () => call('auto_reply.save', { account_id, reply: shown.reply }),
  };

  return {
    shown,
    changed,
    change: <P extends Part>(part: P, patch: Partial<Parts[P]>) =>
      setDraft((old) => ({ ...old, [part]: { ...(old[part] ?? before[part]), ...patch } })),
    drop: () => setDraft({}),
    /** Part by part: what was stored stays stored when a later one is refused. */
    async save(): Promise<void> {
      try {
        for (const part of ['account', 'rules', 'reply'] as const) if (changed[part]) await writes[part]();
      } finally {
        await Promise.all(reads.map((name) => client.invalidateQueries({ queryKey: [name] })));
      }
    },
  };
}
export type SettingsDraft = ReturnType<typeof useDraft>;

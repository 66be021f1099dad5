import { queryOptions } from '@tanstack/react-query';
import type { ApiError } from './errors';
import { nothing, rpcQuery, type Call } from './rpc';

/** Every quick reply with its folder: few enough to be held whole. */
export const quickRepliesQuery = (call: Call) => rpcQuery(call, 'quick_replies.list', nothing, ['quick_replies']);

/** What each placeholder stands for in a conversation; those that nothing is known for are left out. */
export const valuesQuery = (call: Call, conversation_id: number, placeholders: readonly string[]) =>
  queryOptions<Record<string, string>, ApiError>({
    queryKey: ['quick_replies.fill', conversation_id, placeholders],
    async queryFn() {
      const { text } = await call('quick_replies.fill', { conversation_id, text: placeholders.map((key) => `{${key}}`).join('\n') });
      const values = text.split('\n');
      return Object.fromEntries(placeholders.flatMap((key, i) => (values[i] && values[i] !== `{${key}}` ? [[key, values[i]]] : [])));
    },
    retry: false,
    meta: { tags: ['contacts'] },
  });

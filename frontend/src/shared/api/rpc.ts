import { queryOptions, useMutation, useQueryClient, type QueryKey } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useHost, type Host } from '../host';
import type { ApiError } from './errors';
import type { Rpc } from './schema.gen';

export type RpcName = keyof Rpc;
export type Req<N extends RpcName> = Rpc[N]['req'];
export type Res<N extends RpcName> = Rpc[N]['res'];

/** Name, payload and answer all come from the schema: none of the three can drift. */
export type Call = <N extends RpcName>(name: N, payload: Req<N>) => Promise<Res<N>>;

export const callOf =
  (host: Host): Call =>
  (name, payload) =>
    host.rpc(name, payload) as Promise<Res<typeof name>>;

export function useCall(): Call {
  const host = useHost();
  return useMemo(() => callOf(host), [host]);
}

/** A read. `tags` say what it is made of, so that announced changes find it. */
export const rpcQuery = <N extends RpcName>(call: Call, name: N, payload: Req<N>, tags: string[]) =>
  queryOptions<Res<N>, ApiError>({ queryKey: [name, payload] as QueryKey, queryFn: () => call(name, payload), meta: { tags } });

/** For calls without a payload: their type in the schema is an object that can hold nothing. */
export const nothing: Req<'boot'> = {};

/** A write. What it changes is announced by the backend; `optimistic` draws it before the answer and undoes it on refusal. */
export function useRpcMutation<N extends RpcName>(
  name: N,
  options: { optimistic?: (payload: Req<N>) => () => void; onSuccess?: (res: Res<N>, payload: Req<N>) => void } = {},
) {
  const call = useCall();
  return useMutation<Res<N>, ApiError, Req<N>, { undo: () => void }>({
    mutationKey: [name],
    mutationFn: (payload) => call(name, payload),
    onMutate: (payload) => ({ undo: options.optimistic?.(payload) ?? (() => undefined) }),
    onError: (_error, _payload, context) => context?.undo(),
    onSuccess: (res, payload) => options.onSuccess?.(res, payload),
  });
}

/** Changes cached answers of one call in place; returns the undo. */
export function usePatch() {
  const client = useQueryClient();
  return <N extends RpcName>(name: N, change: (old: Res<N>) => Res<N>): (() => void) => {
    const before = client.getQueriesData<Res<N>>({ queryKey: [name] });
    client.setQueriesData<Res<N>>({ queryKey: [name] }, (old) => (old === undefined ? old : change(old)));
    return () => before.forEach(([key, data]) => client.setQueryData(key, data));
  };
}

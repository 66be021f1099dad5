import { useQuery } from '@tanstack/react-query';
import type { LinkRow } from './schema.gen';
import { nothing, rpcQuery, useCall, type Call } from './rpc';

/** Connected CRM accounts with their states. */
export const linksQuery = (call: Call) => rpcQuery(call, 'links.list', nothing, ['links']);

/** The same, for what is drawn beside other things. */
export function useLinks(): LinkRow[] {
  return useQuery(linksQuery(useCall())).data ?? [];
}

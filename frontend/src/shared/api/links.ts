import { useQuery } from '@tanstack/react-query';
import { useBoot } from './boot';
import { crmsOf, type LinkRow } from './planned';
import { nothing, rpcQuery, useCall, type Call } from './rpc';

/** Connected CRM accounts with their states. */
export const linksQuery = (call: Call) => rpcQuery(call, 'links.list', nothing, ['links']);

/** The same, for what is drawn beside other things; none where the backend knows no CRM. */
export function useLinks(): LinkRow[] {
  const known = crmsOf(useBoot()) !== undefined;
  return useQuery({ ...linksQuery(useCall()), enabled: known }).data ?? [];
}

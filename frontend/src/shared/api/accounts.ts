import { nothing, rpcQuery, type Call } from './rpc';

/** Connected accounts with their states. */
export const accountsQuery = (call: Call) => rpcQuery(call, 'accounts.list', nothing, ['accounts']);

/** What needs a person: lost lines, new logins. */
export const alertsQuery = (call: Call) => rpcQuery(call, 'alerts.list', nothing, ['accounts']);

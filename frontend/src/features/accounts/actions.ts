import { runAction } from '@/shared/lib/actions';
import type { AccountId, UserAction } from '@/shared/api/schema.gen';

/** What the dialogs of this feature answer to, wherever it is asked: the page, the bell, the palette. `edit` is a page of its own. */
export type Ask = Dialogs | 'edit';
export type Dialogs = 'connect' | 'login' | 'crm.connect' | 'crm.login' | 'proxy' | 'fix' | 'delete' | 'quarantine';

export const ask = (what: Ask, ...ids: (AccountId | string)[]): void => runAction(`channel.${what}`, ids.join());

/** The dialog for what a person can do about a connection. */
export const wayOut = {
  login: 'login',
  set_proxy: 'proxy',
  stop_other: 'fix',
  take_over: 'fix',
  fix_settings: 'fix',
} as const satisfies Record<UserAction, Ask>;

/** Opens what helps with a connection that needs a person. */
export const helpOut = (action: UserAction, account: AccountId): void => ask(wayOut[action], account);

import type { AccountDetails, ChannelInfo, JsonValue, SettingInfo, UpdateAccount } from '@/shared/api/schema.gen';
import { networkProblems, replaced, type Network } from '../network';

/** An account as it is being edited: everything as typed. */
export interface AccountDraft extends Network {
  name: string;
  settings: Record<string, boolean | string>;
}

const asTyped = ({ kind, default: fallback }: SettingInfo, stored: JsonValue | undefined): boolean | string => {
  const value = stored ?? fallback;
  if (kind === 'switch') return value === true;
  return value === null || value === undefined ? '' : String(value);
};

export const draftOf = (
  { row, settings, endpoints, proxy }: AccountDetails,
  { settings: known }: Pick<ChannelInfo, 'settings'>,
): AccountDraft => ({
  name: row.name,
  settings: Object.fromEntries(known.map((setting) => [setting.key, asTyped(setting, settings[setting.key])])),
  endpoints: { ...endpoints },
  proxy: proxy ?? '',
});

export const differs = (a: AccountDraft, b: AccountDraft): boolean =>
  JSON.stringify([a.name.trim(), a.settings, replaced(a.endpoints), a.proxy.trim()]) !==
  JSON.stringify([b.name.trim(), b.settings, replaced(b.endpoints), b.proxy.trim()]);

export interface Problem {
  key:
    | 'accounts.form.nameEmpty'
    | 'accounts.form.nameLong'
    | 'accounts.form.nameTaken'
    | 'accounts.form.badNumber'
    | 'accounts.form.numberFromTo'
    | 'accounts.form.badProxy'
    | 'accounts.form.badEndpoint';
  params?: Record<string, number>;
}

const NAME_MAX = 80;

function numberProblem({ min, max }: SettingInfo, typed: string): Problem | null {
  const n = Number(typed.trim());
  if (!typed.trim() || !Number.isInteger(n)) return { key: 'accounts.form.badNumber' };
  return (min !== null && n < min) || (max !== null && n > max)
    ? { key: 'accounts.form.numberFromTo', params: { min: min ?? 0, max: max ?? Number.MAX_SAFE_INTEGER } }
    : null;
}

/** What can be told without asking the backend, by field. */
export function problemsOf(
  draft: AccountDraft,
  channel: Pick<ChannelInfo, 'settings' | 'endpoints'>,
  otherNames: readonly string[],
): Record<string, Problem> {
  const name = draft.name.trim();
  const same = (other: string) => other.trim().toLocaleLowerCase() === name.toLocaleLowerCase();
  const ofName: Problem | null = !name
    ? { key: 'accounts.form.nameEmpty' }
    : name.length > NAME_MAX
      ? { key: 'accounts.form.nameLong', params: { max: NAME_MAX } }
      : otherNames.some(same)
        ? { key: 'accounts.form.nameTaken' }
        : null;
  const ofNumbers = channel.settings
    .filter((setting) => setting.kind === 'number')
    .flatMap((setting) => {
      const problem = numberProblem(setting, String(draft.settings[setting.key] ?? ''));
      return problem ? [[`setting.${setting.key}`, problem] as const] : [];
    });
  const ofNetwork = Object.entries(networkProblems(draft, channel)).map(([field, key]) => [field, { key }] as const);
  return { ...(ofName ? { name: ofName } : {}), ...Object.fromEntries([...ofNumbers, ...ofNetwork]) };
}

/** Only what was changed, so that two windows do not overwrite each other's fields. */
export function updateOf(
  account_id: number,
  before: AccountDraft,
  draft: AccountDraft,
  { settings: known }: Pick<ChannelInfo, 'settings'>,
  stored: AccountDetails['settings'],
): UpdateAccount {
  const settings = {
    ...stored,
    ...Object.fromEntries(
      known.map(({ key, kind }) => [key, kind === 'number' ? Number(draft.settings[key]) : (draft.settings[key] ?? null)]),
    ),
  };
  const changed = (key: 'settings' | 'endpoints') => JSON.stringify(before[key]) !== JSON.stringify(draft[key]);
  return {
    account_id,
    ...(draft.name.trim() !== before.name ? { name: draft.name.trim() } : {}),
    ...(changed('settings') ? { settings } : {}),
    ...(changed('endpoints') ? { endpoints: replaced(draft.endpoints) } : {}),
    ...(draft.proxy.trim() !== before.proxy ? { proxy: draft.proxy.trim() } : {}),
  };
}

import type { AccountDetails, ChannelInfo, JsonValue, RulesForm, SettingInfo, UpdateAccount } from '@/shared/api/schema.gen';
import { networkProblems, replaced, type Network } from '../network';

/** An account as it is being edited: everything as typed. */
export interface AccountDraft extends Network {
  name: string;
}
/** Values of the generated form; numbers as typed. */
export type Values = Record<string, JsonValue>;

export const draftOf = ({ row, endpoints, proxy }: AccountDetails): AccountDraft => ({
  name: row.name,
  endpoints: { ...endpoints },
  proxy: proxy ?? '',
});

export const differs = (a: AccountDraft, b: AccountDraft): boolean =>
  JSON.stringify([a.name.trim(), replaced(a.endpoints), a.proxy.trim()]) !==
  JSON.stringify([b.name.trim(), replaced(b.endpoints), b.proxy.trim()]);

const fieldsOf = ({ sections }: RulesForm): SettingInfo[] => sections.flatMap(({ fields }) => fields);

/** Every value of the form, defaults where nothing is stored. */
export const valuesOf = (form: RulesForm): Values =>
  Object.fromEntries(
    fieldsOf(form).map(({ key, kind, default: fallback }) => {
      const value = form.values[key] ?? fallback;
      return [key, kind === 'number' ? String(value ?? '') : kind === 'switch' ? value === true : (value ?? (kind === 'days' ? [] : ''))];
    }),
  );

/** The form as it is stored: numbers are numbers. */
export const sentOf = (form: RulesForm, values: Values): Values => ({
  ...form.values,
  ...Object.fromEntries(fieldsOf(form).map(({ key, kind }) => [key, kind === 'number' ? Number(values[key]) : (values[key] ?? null)])),
});

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

/** What can be told about numbers without asking the backend, by key. */
export const valueProblems = (form: RulesForm, values: Values): Record<string, Problem> =>
  Object.fromEntries(
    fieldsOf(form)
      .filter(({ kind }) => kind === 'number')
      .flatMap((field) => {
        const problem = numberProblem(field, String(values[field.key] ?? ''));
        return problem ? [[field.key, problem] as const] : [];
      }),
  );

/** The same about the account itself, by field. */
export function problemsOf(
  draft: AccountDraft,
  channel: Pick<ChannelInfo, 'endpoints'>,
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
  const ofNetwork = Object.entries(networkProblems(draft, channel)).map(([field, key]) => [field, { key }] as const);
  return { ...(ofName ? { name: ofName } : {}), ...Object.fromEntries(ofNetwork) };
}

/** Only what was changed, so that two windows do not overwrite each other's fields. */
export function updateOf(account_id: number, before: AccountDraft, draft: AccountDraft): UpdateAccount {
  return {
    account_id,
    ...(draft.name.trim() !== before.name ? { name: draft.name.trim() } : {}),
    ...(JSON.stringify(before.endpoints) !== JSON.stringify(draft.endpoints) ? { endpoints: replaced(draft.endpoints) } : {}),
    ...(draft.proxy.trim() !== before.proxy ? { proxy: draft.proxy.trim() } : {}),
  };
}

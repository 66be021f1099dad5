import type { CrmInfo, CrmSettingInfo, JsonValue, LinkDetails, SectionInfo, WhenInfo } from '@/shared/api/schema.gen';

export type Values = Record<string, JsonValue>;
export interface FieldTemplate {
  field: string;
  template: string;
}

const usual = ({ kind, default: fallback, many }: CrmSettingInfo): JsonValue =>
  fallback ?? (kind === 'switch' ? false : kind === 'tags' || kind === 'fields' || many ? [] : '');

/** A value per channel is stored as `{"all": …, "<account>": …}`. */
export const ALL = 'all';
export const perChannel = (value: JsonValue | undefined): Record<string, JsonValue> | null =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, JsonValue>) : null;

/** Every value of the form as it is edited: defaults where nothing is stored, numbers as typed. */
export function valuesOf({ sections }: Pick<CrmInfo, 'sections'>, stored: LinkDetails['settings']): Values {
  const settings = sections.flatMap((section) => section.settings);
  return Object.fromEntries(
    settings.map((setting) => {
      const value = stored[setting.key] ?? usual(setting);
      return [setting.key, setting.kind === 'number' ? String(value) : value];
    }),
  );
}

/** As it is stored; what another version keeps stays. */
export function sentOf({ sections }: Pick<CrmInfo, 'sections'>, stored: LinkDetails['settings'], values: Values): Values {
  const numbers = sections.flatMap((section) => section.settings).filter(({ kind }) => kind === 'number');
  return { ...stored, ...values, ...Object.fromEntries(numbers.map(({ key }) => [key, Number(values[key])])) };
}

const holds = (when: WhenInfo | null, values: Values): boolean => when === null || when.is.includes(String(values[when.key]));

/** What stands on the screen with these values. */
export const shownOf = ({ sections }: Pick<CrmInfo, 'sections'>, values: Values): SectionInfo[] =>
  sections
    .filter(({ when }) => holds(when, values))
    .map((section) => ({ ...section, settings: section.settings.filter(({ when }) => holds(when, values)) }))
    .filter(({ settings }) => settings.length > 0);

export interface Problem {
  key: 'accounts.form.badNumber' | 'accounts.form.numberFromTo' | 'crm.form.mustHold';
  params?: Record<string, number | string>;
}

/** What can be told without asking the CRM, by key. */
export function problemsOf(sections: readonly SectionInfo[], values: Values): Record<string, Problem> {
  const wrong = ({ key, kind, min, max, must_hold }: CrmSettingInfo): Problem | null => {
    const typed = String(values[key] ?? '');
    if (kind === 'number') {
      const n = Number(typed);
      if (!typed.trim() || !Number.isInteger(n)) return { key: 'accounts.form.badNumber' };
      if ((min !== null && n < min) || (max !== null && n > max))
        return { key: 'accounts.form.numberFromTo', params: { min: min ?? 0, max: max ?? Number.MAX_SAFE_INTEGER } };
    }
    return must_hold && typed.trim() && !typed.includes(must_hold) ? { key: 'crm.form.mustHold', params: { what: must_hold } } : null;
  };
  return Object.fromEntries(
    sections.flatMap(({ settings }) =>
      settings.flatMap((setting) => {
        const problem = wrong(setting);
        return problem ? [[setting.key, problem] as const] : [];
      }),
    ),
  );
}

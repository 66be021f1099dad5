import type { Profile, UiSettings } from '@/shared/api/schema.gen';

/** What is saved by the bar at the foot; everything else takes effect at once. */
export interface SettingsDraft extends Pick<Profile, 'name' | 'email' | 'phone' | 'alert_email' | 'time_zone'> {
  warn: string;
  alarm: string;
}

export const draftOf = (
  { name, email, phone, alert_email, time_zone }: Profile,
  { wait_warn_minutes, wait_alarm_minutes }: UiSettings,
): SettingsDraft => ({ name, email, phone, alert_email, time_zone, warn: String(wait_warn_minutes), alarm: String(wait_alarm_minutes) });

export type Problems = Partial<
  Record<
    keyof SettingsDraft,
    'settings.profile.nameEmpty' | 'settings.profile.badEmail' | 'settings.waiting.bad' | 'settings.waiting.order'
  >
>;

const isEmail = (text: string): boolean => !text.trim() || /^[^\s@]+@[^\s@.]+(\.[^\s@.]+)+$/.test(text.trim());
const minutes = (text: string): number | null =>
  /^\d{1,5}$/.test(text.trim()) && Number(text) >= 1 && Number(text) <= 10_000 ? Number(text) : null;

/** What can be told without asking the backend. */
export function problemsOf(draft: SettingsDraft): Problems {
  const warn = minutes(draft.warn);
  const alarm = minutes(draft.alarm);
  return {
    ...(draft.name.trim() ? {} : { name: 'settings.profile.nameEmpty' }),
    ...(isEmail(draft.email) ? {} : { email: 'settings.profile.badEmail' }),
    ...(isEmail(draft.alert_email) ? {} : { alert_email: 'settings.profile.badEmail' }),
    ...(warn === null ? { warn: 'settings.waiting.bad' } : {}),
    ...(alarm === null ? { alarm: 'settings.waiting.bad' } : warn !== null && alarm <= warn ? { alarm: 'settings.waiting.order' } : {}),
  };
}

const profileKeys = ['name', 'email', 'phone', 'alert_email', 'time_zone'] as const;

export const profileDiffers = (a: SettingsDraft, b: SettingsDraft): boolean => profileKeys.some((key) => a[key].trim() !== b[key].trim());
export const limitsDiffer = (a: SettingsDraft, b: SettingsDraft): boolean =>
  a.warn.trim() !== b.warn.trim() || a.alarm.trim() !== b.alarm.trim();
export const profileOf = (draft: SettingsDraft, old: Profile): Profile => ({
  ...old,
  ...Object.fromEntries(profileKeys.map((key) => [key, draft[key].trim()])),
});

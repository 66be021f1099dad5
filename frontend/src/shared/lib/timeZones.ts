import { textOf } from '../i18n';

export interface TimeZoneOption {
  /** IANA name. */
  value: string;
  /** «Екатеринбург, UTC+5». */
  label: string;
}

function offset(timeZone: string, now: number): string {
  const part =
    new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'shortOffset' }).formatToParts(now).find(({ type }) => type === 'timeZoneName')
      ?.value ?? 'GMT';
  return part.replace('GMT', 'UTC');
}

/** «Екатеринбург». */
export function timeZonePlace(timeZone: string): string {
  const [region = '', ...rest] = timeZone.replaceAll('_', ' ').split('/');
  return textOf(`settings.zone.${timeZone}`, {}, rest.length ? `${rest.join(', ')} (${region})` : region);
}

/** «Екатеринбург, UTC+5». */
export const timeZoneLabel = (timeZone: string, now = Date.now()): string => {
  try {
    return `${timeZonePlace(timeZone)}, ${offset(timeZone, now)}`;
  } catch {
    return timeZone;
  }
};

/** Where people of our users mostly live: first in the list. */
const near = [
  'Europe/Kaliningrad',
  'Europe/Moscow',
  'Europe/Minsk',
  'Europe/Samara',
  'Asia/Tbilisi',
  'Asia/Yerevan',
  'Asia/Baku',
  'Asia/Yekaterinburg',
  'Asia/Tashkent',
  'Asia/Almaty',
  'Asia/Omsk',
  'Asia/Novosibirsk',
  'Asia/Krasnoyarsk',
  'Asia/Irkutsk',
  'Asia/Yakutsk',
  'Asia/Vladivostok',
  'Asia/Magadan',
  'Asia/Kamchatka',
];

/** Every zone that the system knows; the one in use is among them even if the system has forgotten it. */
export function timeZones(current: string): TimeZoneOption[] {
  const known = new Set([...near, current, ...Intl.supportedValuesOf('timeZone')]);
  known.delete('');
  return [...known].map((value) => ({ value, label: timeZoneLabel(value) }));
}

/** What the system is set to; null when it says nothing about where it is. */
export function systemTimeZone(): string | null {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  return !timeZone || timeZone === 'UTC' ? null : timeZone;
}

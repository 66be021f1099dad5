import { beforeAll, expect, it } from 'vitest';
import { startI18n } from '../i18n';
import { timeZoneLabel, timeZones } from './timeZones';

beforeAll(() => startI18n('ru'));

it('names a zone by its city and offset', () => {
  expect(timeZoneLabel('Asia/Yekaterinburg', 0)).toBe('Екатеринбург, UTC+5');
  expect(timeZoneLabel('America/New_York', 0)).toBe('New York (America), UTC-5');
});

it('lets a zone that the system does not know stand', () => expect(timeZoneLabel('Mars/Olympus')).toBe('Mars/Olympus'));

it('offers the near ones first and the one in use in any case', () => {
  const zones = timeZones('Mars/Olympus').map(({ value }) => value);
  expect(zones[1]).toBe('Europe/Moscow');
  expect(zones).toContain('Mars/Olympus');
});

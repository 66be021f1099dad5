import { beforeAll, describe, expect, it } from 'vitest';
import type { i18n } from 'i18next';
import { setLanguage, startI18n } from '../i18n';
import { formats } from './format';

const noon = Date.parse('2026-11-21T12:00:00+05:00');
const HOUR = 3_600_000;
let words: i18n;
const here = (language = 'ru') => formats(words.getFixedT(language), language, 'Asia/Yekaterinburg');
const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ');

beforeAll(async () => {
  words = await startI18n('ru');
  await setLanguage('es');
  await setLanguage('en');
  await setLanguage('ru');
});

describe('times stand in the zone of the person', () => {
  it('today as a time, yesterday as a word, before that as a date', () => {
    expect(here().stamp(noon - HOUR, noon)).toBe('11:00');
    expect(here().stamp(noon - 13 * HOUR, noon)).toBe('вчера');
    expect(here().stamp(noon - 72 * HOUR, noon)).toBe('18 нояб.');
    expect(here().stamp(noon - 8760 * HOUR, noon)).toBe('21 нояб. 2025 г.');
  });

  it('labels days', () => {
    expect(here().day(noon, noon)).toBe('Сегодня');
    expect(here().day(noon - 24 * HOUR, noon)).toBe('Вчера, 20 ноября');
    expect(here('en').day(noon - 24 * HOUR, noon)).toBe('Yesterday, November 20');
  });
});

it('says how long somebody waits', () => {
  expect([30_000, 4 * 60_000, 2 * HOUR, 50 * HOUR].map((ms) => here().wait(ms))).toEqual(['сейчас', '4 мин', '2 ч', '2 д']);
});

it('writes sizes and lengths', () => {
  expect([512, 428_000, 3_600_000_000].map((n) => plain(here().size(n)))).toEqual(['512 Б', '418 КБ', '3,4 ГБ']);
  expect([23_000, 3_723_000].map((ms) => here().duration(ms))).toEqual(['0:23', '1:02:03']);
});

it('puts Russian plurals right', () => {
  const t = words.getFixedT('ru');
  expect([1, 2, 5, 21, 111].map((count) => t('inbox.list.unreadCount', { count }))).toEqual([
    '1 непрочитанное',
    '2 непрочитанных',
    '5 непрочитанных',
    '21 непрочитанное',
    '111 непрочитанных',
  ]);
});

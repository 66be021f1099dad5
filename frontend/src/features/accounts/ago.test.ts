import { expect, it } from 'vitest';
import { ago } from './ago';

const MINUTE = 60_000;

it.each([
  [20_000, 'только что'],
  [MINUTE, '1 мин назад'],
  [42.9 * MINUTE, '42 мин назад'],
  [3 * 60 * MINUTE, '3 ч назад'],
  [18 * 1440 * MINUTE, '18 дн. назад'],
])('%d ms ago is «%s»', (ms, text) => {
  expect(ago('ru', 'только что', ms)).toBe(text);
});

import { expect, it } from 'vitest';
import { linksIn, safeUrl } from './links';

const found = (text: string) => linksIn(text).map(({ from, to, url }) => [text.slice(from, to), url]);

it('finds addresses without the punctuation of the sentence', () => {
  expect(found('Смотрите (https://uyut.example/loft?x=1), там всё.')).toEqual([
    ['https://uyut.example/loft?x=1', 'https://uyut.example/loft?x=1'],
  ]);
  expect(found('www.uyut.example!')).toEqual([['www.uyut.example', 'https://www.uyut.example/']]);
});

it('finds mail addresses and phone numbers, but no order numbers', () => {
  expect(found('Пишите: anna@uyut.example')).toEqual([['anna@uyut.example', 'mailto:anna@uyut.example']]);
  expect(found('Звоните +7 900 000-00-23 до 21')).toEqual([['+7 900 000-00-23', 'tel:+79000000023']]);
  expect(found('Заказ 48213 на 184 000 ₽')).toEqual([]);
});

it('lets nothing through that runs or reads files', () => {
  ['javascript:alert(1)', 'file:///etc/passwd', 'data:text/html,x', 'vbscript:x'].forEach((address) => expect(safeUrl(address)).toBeNull());
  expect(safeUrl('uyut.example/loft')).toBe('https://uyut.example/loft');
});

import { expect, it } from 'vitest';
import { fuzzy } from './fuzzy';

const replies = ['адрес', 'замер', 'запись-на-замер', 'оплата', 'счёт'].map((name) => ({ name, text: `Текст: ${name}` }));
const found = (typed: string) => fuzzy(typed, replies).map(({ name }) => name);

it('puts a name that begins so before one that holds it, and that before scattered letters', () => {
  expect(found('зам')).toEqual(['замер', 'запись-на-замер']);
  expect(found('зпс')).toEqual(['запись-на-замер']);
});

it('does not mind case and ё, and finds nothing where nothing fits', () => {
  expect(found('СЧЕТ')).toEqual(['счёт']);
  expect(found('xyz')).toEqual([]);
  expect(found('')).toHaveLength(5);
});

it('looks into the text last', () =>
  expect(fuzzy('лесная', [...replies, { name: 'где', text: 'Шоурум: Лесная, 14' }])[0]?.name).toBe('где'));

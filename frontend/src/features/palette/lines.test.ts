import { describe, expect, it } from 'vitest';
import type { Action } from '@/shared/lib/actions';
import { fits, groupsOf } from './lines';

const action = (id: string, group: Action['group'], label: string, quiet = false): Action => ({
  id,
  group,
  label,
  quiet,
  run: () => undefined,
});
const actions = [
  action('search.all', 'everywhere', 'Искать во всех сообщениях'),
  action('archive', 'conversation', 'Убрать в архив'),
  action('next', 'list', 'Следующая беседа', true),
  action('write-first', 'everywhere', 'Написать первым'),
];

describe('the lines of the palette', () => {
  it.each([
    ['арх', true],
    ['в арх', true],
    ['АРХИВ', true],
    ['рхив', false],
    ['', true],
  ])('«Убрать в архив» for %j: %s', (typed, good) => expect(fits('Убрать в архив', typed)).toBe(good));
  it('take е for ё', () => expect(fits('Ещё', 'еще')).toBe(true));

  it('hold everything that can be done when nothing is typed, but no search for nothing', () => {
    expect(groupsOf('', [], actions).map(({ name, lines }) => [name, lines.map((line) => line.id)])).toEqual([
      ['conversation', ['action-archive']],
      ['everywhere', ['action-write-first']],
    ]);
  });

  it('always offer to search everywhere for what is typed', () => {
    expect(groupsOf('арх', [], actions).flatMap(({ lines }) => lines.map((line) => line.id))).toEqual(['action-archive', 'search']);
  });
});

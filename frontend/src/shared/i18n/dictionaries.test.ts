import { describe, expect, it } from 'vitest';
import en from './en';
import es from './es';
import ru from './ru';

type Tree = { [key: string]: string | Tree };
const leaves = (tree: Tree, path = ''): [string, string][] =>
  Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string' ? [[path + key, value] as [string, string]] : leaves(value, `${path}${key}.`),
  );
/** `count_few` and `count_other` are one text in different numbers. */
const base = (key: string) => key.replace(/_(zero|one|two|few|many|other)$/, '');
const values = (text: string) => [...text.matchAll(/\{\{\s*(\w+)/g)].map((match) => match[1]).sort();

describe.each([
  ['en', en],
  ['es', es],
] as const)('the %s dictionary', (_name, tree) => {
  const own = new Map(leaves(tree as Tree));
  const russian = leaves(ru as Tree);

  it('has every text of the Russian one, and no other', () => {
    expect([...new Set([...own.keys()].map(base))].sort()).toEqual([...new Set(russian.map(([key]) => base(key)))].sort());
  });

  it('fills in the same values', () => {
    const differ = russian
      .filter(([key, text]) => own.has(key) && values(own.get(key) ?? '').join() !== values(text).join())
      .map(([key]) => key);
    expect(differ).toEqual([]);
  });
});

it('Russian plurals have all their forms', () => {
  const keys = leaves(ru as Tree).map(([key]) => key);
  const forms = keys.filter((key) => /_(one|few|many)$/.test(key)).map(base);
  // A name may end like a form by chance: «rule_too_many».
  const plural = new Set(forms.filter((key, i) => forms.indexOf(key) !== i || keys.includes(`${key}_other`)));
  expect([...plural].filter((key) => !['one', 'few', 'many', 'other'].every((form) => keys.includes(`${key}_${form}`)))).toEqual([]);
});

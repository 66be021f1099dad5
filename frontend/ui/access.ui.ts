import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { open } from './browser';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

type Page = Awaited<ReturnType<typeof open>>;

interface Axe {
  run: (options: object) => Promise<{ violations: { id: string; nodes: { html: string; failureSummary?: string }[] }[] }>;
}

/** What an automatic check finds wrong: names, roles, contrast. */
async function complaints(page: Page) {
  await page.evaluate(axe);
  return page.evaluate(async () => {
    const { violations } = await (window as unknown as { axe: Axe }).axe.run({
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'best-practice'],
      // The place of notifications stands outside of every landmark, and is empty.
      rules: { region: { enabled: false } },
    });
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 160)} — ${failureSummary?.split('\n')[1] ?? ''}`),
    );
  });
}

it.each(['light', 'dark'] as const)('an open conversation can be read and used by everybody (%s)', async (theme) => {
  const page = await open({ at: '/chats?id=1', theme });
  await page.getByRole('complementary').getByText('Окно 3240 мм').waitFor();
  expect(await complaints(page)).toEqual([]);
  await page.close();
});

it('so can the list, the search in it and the filters', async () => {
  const page = await open();
  await page.getByRole('textbox', { name: 'Поиск по беседам и сообщениям' }).fill('Марина');
  await page.getByRole('heading', { name: 'Беседы' }).waitFor();
  expect(await complaints(page)).toEqual([]);
  await page.close();
});

/** Every screen and what opens over it: where it is, and how one gets there. */
const places: [string, { at?: string; world?: string }, (page: Page) => Promise<unknown>][] = [
  ['the first start', { world: 'empty' }, (page) => page.getByRole('button', { name: 'Открыть демо' }).waitFor()],
  ['the channels', { at: '/channels' }, (page) => page.getByRole('switch').first().waitFor()],
  [
    'a channel being edited',
    { at: '/channels' },
    async (page) => {
      await page.getByRole('button', { name: 'Изменить: Голубь · Мебель' }).click();
      await page.getByRole('textbox', { name: 'Название', exact: true }).waitFor();
    },
  ],
  [
    'the menu of a channel',
    { at: '/channels' },
    async (page) => {
      await page.getByRole('button', { name: 'Ещё: Ласточка · Мебель' }).click();
      await page.getByRole('menuitem', { name: 'Удалить…' }).waitFor();
    },
  ],
  [
    'the question before a deletion',
    { at: '/channels' },
    async (page) => {
      await page.getByRole('button', { name: 'Ещё: Ласточка · Мебель' }).click();
      await page.getByRole('menuitem', { name: 'Удалить…' }).click();
      await page.getByRole('button', { name: 'Удалить канал' }).waitFor();
    },
  ],
  [
    'a proxy',
    { at: '/channels' },
    async (page) => {
      await page.getByRole('button', { name: 'Настроить прокси' }).click();
      await page.getByRole('button', { name: 'Сохранить и подключиться' }).waitFor();
    },
  ],
  [
    'what could not be understood',
    { at: '/channels' },
    async (page) => {
      await page.getByRole('button', { name: /непонятных обновления/ }).click();
      await page
        .getByText(/gift_exchange/)
        .first()
        .waitFor();
    },
  ],
  [
    'connecting a channel',
    { at: '/channels' },
    async (page) => {
      await page.getByRole('button', { name: 'Подключить канал' }).click();
      await page
        .getByRole('dialog')
        .getByRole('button', { name: /Голубь/ })
        .click();
      await page.getByLabel('Ключ').waitFor();
    },
  ],
  ['the settings', { at: '/settings' }, (page) => page.getByRole('heading', { name: 'Настройки' }).waitFor()],
  ['the search', { at: '/search?q=мар' }, (page) => page.getByRole('grid', { name: 'Найденное' }).getByRole('row').first().waitFor()],
  [
    'the palette',
    {},
    async (page) => {
      await page.keyboard.press('Control+k');
      await page.getByRole('combobox', { name: 'Беседа или действие' }).waitFor();
    },
  ],
  [
    'the keys',
    {},
    async (page) => {
      await page.keyboard.press('Shift+?');
      await page.getByRole('dialog').waitFor();
    },
  ],
  [
    'writing first',
    {},
    async (page) => {
      await page.getByRole('button', { name: /Написать первым/ }).click();
      await page.getByRole('textbox', { name: 'Кому' }).fill('+7 900 000-00-23');
      await page.getByRole('radio').first().waitFor();
    },
  ],
  [
    'the alarms',
    {},
    async (page) => {
      await page.getByRole('button', { name: 'Оповещения' }).click();
      await page.getByRole('article').first().waitFor();
    },
  ],
  [
    'the word about the demo',
    {},
    async (page) => {
      await page.getByRole('button', { name: 'О демо' }).click();
      await page.getByRole('button', { name: 'Начать со своими каналами' }).waitFor();
    },
  ],
  [
    'the emoji',
    { at: '/chats?id=2' },
    async (page) => {
      await page.getByRole('button', { name: /Эмодзи/ }).click();
      await page.getByRole('textbox', { name: 'Найти эмодзи' }).waitFor();
    },
  ],
];

describe.each(['light', 'dark'] as const)('can be read and used by everybody (%s):', (theme) => {
  it.each(places)('%s', async (_name, address, go) => {
    const page = await open({ ...address, theme });
    await go(page);
    expect(await complaints(page)).toEqual([]);
    await page.close();
  });
});

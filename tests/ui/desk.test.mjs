// Olga keeps advertisers out, answers with a prepared text, takes the talk away as a spreadsheet and looks at the figures.
import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import { cellsOf, startTown } from './town.mjs';
import { aFolder } from './world.mjs';

const folder = aFolder();
let town;
let anna;
before(async () => {
  town = await startTown();
  anna = await town.comes('Анна');
});
after(async () => {
  await town?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const place = (name) => town.page.getByRole('link', { name, exact: true }).click();
const rows = () => town.page.getByRole('listbox', { name: 'Список бесед' }).getByRole('option');
const lines = () => town.page.getByRole('table', { name: 'Сообщения' }).locator('tbody tr');

test('what a word of the filter matches is in the journal with its rule, and nowhere else', async () => {
  const { page } = town;
  await place('Каналы');
  await page.getByRole('button', { name: /^Изменить/ }).click();
  await page.getByText('Выгружать все сообщения, кроме попавших под фильтр').click();
  await page.getByRole('combobox', { name: 'Фильтр по словам' }).fill('реклам* ');
  await page.getByRole('button', { name: 'Сохранить' }).click();
  await page.getByRole('button', { name: 'Только новые' }).or(page.getByRole('button', { name: 'Закрыть' })).first().click();
  const advertiser = await town.comes('Продвижение');
  await advertiser.writes('Закажите РЕКЛАМУ у нас');
  await anna.writes('Сколько стоит шкаф?');

  await place('Беседы');
  await rows().filter({ hasText: 'Анна' }).waitFor();
  assert.equal(await rows().count(), 1);
  await place('Журнал');
  const line = lines().filter({ hasText: 'Продвижение' });
  await line.getByText('отфильтровано').first().waitFor();
  await line.click();
  await page.getByText('Отфильтровано правилом «реклам*», слово «РЕКЛАМУ»').first().waitFor();
  await lines().filter({ hasText: 'шкаф' }).getByText('выгружено').waitFor();
  const crm = await (await fetch(`${town.control}/crms/amocrm/chats`)).text();
  assert.match(crm, /шкаф/);
  assert.doesNotMatch(crm, /РЕКЛАМУ|Продвижение/);
});

test('a prepared answer goes out without a mouse', async () => {
  const { page } = town;
  await town.call('quick_replies.save', { id: null, name: 'цена', text: '{contact.name}, шкаф стоит 9 000 ₽', shared: true, folder_id: null, files: [] });
  await place('Беседы');
  await rows().first().waitFor();
  await page.keyboard.press('Alt+ArrowDown');
  await page.getByRole('log').getByText('Сколько стоит шкаф?').waitFor();
  await page.keyboard.type('/цен');
  await page.getByRole('listbox', { name: 'Быстрые ответы' }).getByRole('option', { selected: true }).waitFor();
  await page.keyboard.press('Enter');
  await page.keyboard.type('. Приходите!');
  await page.keyboard.press('Enter');
  await page.getByRole('log').getByText('Анна, шкаф стоит 9 000 ₽. Приходите!').waitFor();
  while (!/Анна, шкаф стоит 9 000 ₽. Приходите!/.test(await anna.phone())) await page.waitForTimeout(100);
});

test('an export holds what the people wrote, cell by cell', async () => {
  const { page } = town;
  await place('Экспорт');
  await page.getByRole('button', { name: 'Собрать файл' }).click();
  const save = page.getByRole('table', { name: 'Готовые файлы' }).getByRole('button', { name: 'Сохранить файл' });
  const [download] = await Promise.all([page.waitForEvent('download'), save.click()]);
  const file = join(folder, download.suggestedFilename());
  await download.saveAs(file);
  const [head, ...cells] = cellsOf(file);
  assert.deepEqual(head, ['Канал', 'Клиент', 'Содержимое', 'Написано', 'Контекст']);
  assert.deepEqual(cells.map(([, client, content, , context]) => [client, content, context]), [
    ['Продвижение', 'Закажите РЕКЛАМУ у нас', 'Личное (вх)'],
    ['Анна', 'Сколько стоит шкаф?', 'Личное (вх)'],
    ['Анна', 'Анна, шкаф стоит 9 000 ₽. Приходите!', 'Личное (исх)'],
  ]);
});

test('the figures are those of the people who wrote', async () => {
  const { page } = town;
  await place('Аналитика');
  const figure = (name) => page.getByText(name, { exact: true }).locator('xpath=..').locator('dd');
  await page.getByRole('table', { name: 'Каналы' }).waitFor();
  assert.equal(await figure('Первых сообщений').innerText(), '1');
  assert.equal(await figure('Ответили').innerText(), '100 %');
  const channel = page.getByRole('table', { name: 'Каналы' }).locator('tbody tr').locator('td');
  // The advertisement came in, but the advertiser is nobody's client.
  assert.deepEqual((await channel.allInnerTexts()).slice(1), ['1', '–', '2', '1']);
  const who = page.getByRole('table', { name: 'Сотрудники' }).locator('tbody tr');
  await who.filter({ hasText: 'Ольга Шмидт' }).waitFor();
});

test('nothing broke in the console on the way', () => assert.deepEqual(town.problems, []));

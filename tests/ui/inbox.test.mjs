// An operator's first minutes in the demo, in a real browser against the real program.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { start } from './world.mjs';

let world;
before(async () => { world = await start(); });
after(() => world?.stop());

const rows = () => world.page.getByRole('listbox', { name: 'Список бесед' }).getByRole('option');

test('the list fills with people of both networks', async () => {
  await rows().nth(9).waitFor();
  const tabs = world.page.getByRole('tablist', { name: 'Фильтр бесед' });
  await tabs.getByRole('tab', { name: /Без ответа/ }).waitFor();
});

test('an answer goes out and shows its tick', async () => {
  const { page } = world;
  await rows().nth(2).click();
  const words = `Добрый день! Сейчас уточню на складе (${Date.now()})`;
  await page.getByRole('textbox', { name: /Сообщение/ }).fill(words);
  await page.keyboard.press('Enter');
  const bubble = page.getByRole('log').getByText(words);
  await bubble.waitFor();
  await page.waitForFunction((text) => {
    const found = [...document.querySelectorAll('[role=log] *')].find((node) => node.textContent === text);
    const box = found?.closest('[data-message], article, li, [class*=bubble]');
    return box?.querySelector('[aria-label="Отправлено"], [aria-label="Прочитано"]');
  }, words);
});

test('a word is found and leads to its message', async () => {
  const { page } = world;
  const field = page.getByRole('textbox', { name: 'Поиск по беседам и сообщениям' });
  await field.fill('складе');
  await page.getByText('Сообщения', { exact: true }).first().waitFor();
  await page.locator('mark', { hasText: 'складе' }).first().click();
  await page.getByRole('log').getByText(/уточню на складе/).first().waitFor();
});

test('both channels are online and can be switched off and on', async () => {
  const { page } = world;
  await page.getByRole('link', { name: 'Каналы' }).click();
  await page.getByText('Онлайн').nth(1).waitFor();
  const active = page.getByRole('switch').first();
  await active.click({ force: true });
  await page.getByText('Выключен', { exact: true }).first().waitFor();
  await active.click({ force: true });
  await page.getByText('Онлайн').nth(1).waitFor();
});

test('nothing broke in the console on the way', () => assert.deepEqual(world.problems, []));

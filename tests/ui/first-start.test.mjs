// The first start of a person's own workspace on a machine without a keyring, the demo beside it, and the next morning.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { aFolder, start } from './world.mjs';

const passphrase = 'семь синих китов';
const folder = aFolder();
// No session bus, so no keyring, whatever this machine has.
const machine = { args: [], env: { DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nowhere', BESEDKA_PASSPHRASE: '' }, folder };

let world;
before(async () => { world = await start(machine); });
after(() => world?.stop());

const field = (name) => world.page.getByLabel(name, { exact: true });
const button = (name) => world.page.getByRole('button', { name });

test('a passphrase is invented, long enough and typed twice', async () => {
  await world.page.getByText(/нет хранилища ключей/).waitFor();
  await field('Пароль').fill('мало');
  await field('Ещё раз').fill('мало');
  await button('Создать и открыть').click();
  await world.page.getByText(/не меньше 8 знаков/).last().waitFor();
  await field('Пароль').fill(passphrase);
  await field('Ещё раз').fill(passphrase);
  await button('Создать и открыть').click();
  await world.page.getByRole('heading', { name: 'Все переписки в одном окне' }).waitFor();
});

test('the demo opens beside, is marked as one and leads back', async () => {
  const { page } = world;
  const opened = page.context().waitForEvent('page');
  await button('Открыть демо').click();
  const demo = await opened;
  await demo.getByRole('listbox', { name: 'Список бесед' }).getByRole('option').nth(3).waitFor();
  assert.notEqual(new URL(demo.url()).port, new URL(page.url()).port);
  await page.getByRole('heading', { name: 'Все переписки в одном окне' }).waitFor();
  await demo.getByRole('button', { name: 'О демо' }).click();
  await demo.getByRole('button', { name: 'Начать со своими каналами' }).click();
  await demo.getByRole('heading', { name: 'Все переписки в одном окне' }).waitFor();
  await demo.close();
});

test('the next morning a wrong passphrase is named at its field and the right one opens', async () => {
  const { problems } = world;
  await world.stop({ keep: true });
  world = await start(machine);
  world.problems.unshift(...problems);
  await field('Пароль').fill('семь серых китов');
  await button('Открыть').click();
  const wrong = world.page.getByText(/Пароль не подошёл/);
  await wrong.waitFor();
  assert.equal(await field('Пароль').getAttribute('aria-invalid'), 'true');
  await field('Пароль').fill(passphrase);
  await button('Открыть').click();
  await world.page.getByRole('heading', { name: 'Все переписки в одном окне' }).waitFor();
});

test('nothing broke in the console on the way', () => {
  // A browser complains of every refused call; here two are part of the story.
  const refused = (line) => /status of (422|423)/.test(line);
  assert.deepEqual(world.problems.filter((line) => !refused(line)), []);
});

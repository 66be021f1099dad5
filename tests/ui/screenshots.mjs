// Every screen × light and dark × ru and en into $BESEDKA_SCREENSHOTS. `screenshots.mjs chats` takes only those whose name holds the word.
import { join } from 'node:path';

import { start } from './world.mjs';

const only = process.argv[2];
const folder = process.env.BESEDKA_SCREENSHOTS ?? 'target/screenshots';
const call = (page, name, payload) => page.evaluate(async ([name, payload]) => {
  const answer = await fetch(`/rpc/${name}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${sessionStorage.getItem('token') ?? Object.values(sessionStorage)[0]}` },
    body: JSON.stringify(payload),
  });
  if (!answer.ok) throw new Error(`${name}: ${answer.status} ${await answer.text()}`);
  return answer.json();
}, [name, payload]);

const screens = {
  chats: async (page) => page.locator('[role=listbox] [role=option]').nth(1).click(),
  palette: async (page) => page.keyboard.press('Control+k'),
  'write-first': async (page) => page.keyboard.press('Control+n'),
  help: async (page) => page.keyboard.press('?'),
  channels: async (page) => page.goto(page.url().replace(/#.*/, '#/channels')),
  search: async (page) => page.goto(page.url().replace(/#.*/, '#/search')),
  journal: async (page) => page.goto(page.url().replace(/#.*/, '#/journal')),
  analytics: async (page) => page.goto(page.url().replace(/#.*/, '#/analytics')),
  exports: async (page) => page.goto(page.url().replace(/#.*/, '#/exports')),
  crm: async (page) => page.goto(page.url().replace(/#.*/, '#/crm')),
  'channel-settings': async (page) => page.goto(page.url().replace(/#.*/, '#/channels/1')),
  'quick-replies': async (page) => page.goto(page.url().replace(/#.*/, '#/settings/replies')),
  settings: async (page) => page.goto(page.url().replace(/#.*/, '#/settings')),
};

for (const [width, height] of [[1280, 800], [1920, 1080], [760, 900]]) {
  const world = await start({ width, height });
  const { page } = world;
  await page.locator('[role=listbox] [role=option]').nth(5).waitFor();
  for (const language of ['ru', 'en']) {
    for (const theme of ['light', 'dark']) {
      const boot = await call(page, 'boot', {});
      await call(page, 'profile.save', { ...boot.profile, language });
      await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
      for (const [name, open] of Object.entries(screens)) {
        if (only && !name.includes(only)) continue;
        await page.goto(page.url().replace(/#.*/, '#/chats'));
        await page.reload();
        await page.locator('[role=listbox] [role=option]').nth(1).waitFor();
        await open(page);
        await page.waitForTimeout(900);
        await page.screenshot({ path: join(folder, `${name}-${language}-${theme}-${width}.png`) });
      }
    }
  }
  await world.stop();
}

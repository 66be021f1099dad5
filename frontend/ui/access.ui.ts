import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect, it } from 'vitest';
import { open } from './browser';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface Axe {
  run: (options: object) => Promise<{ violations: { id: string; nodes: { html: string; failureSummary?: string }[] }[] }>;
}

/** What an automatic check finds wrong: names, roles, contrast. */
async function complaints(page: Awaited<ReturnType<typeof open>>) {
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

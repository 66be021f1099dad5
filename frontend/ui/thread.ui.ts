import { expect, it } from 'vitest';
import { open, placeOf, reading } from './browser';

declare global {
  interface Window {
    world: { writes: (conversation: number, text: string) => void };
  }
}

it('a message that arrives does not move what is read; a pill leads down to it', async () => {
  const page = await open({ world: 'm=400', at: '/chats?id=6' });
  await page.getByRole('log').locator('[data-key]').first().waitFor();
  // Somebody reads what has been painted: the jump has come to rest.
  await page.getByRole('log').evaluate(async (log) => {
    log.scrollTop -= 1500;
    for (let frame = 0; frame < 3; frame++) await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  });
  const before = await reading(page);
  await page.evaluate(() => {
    for (let i = 0; i < 5; i++) window.world.writes(6, `Новость ${i}`);
  });
  const pill = page.getByRole('button', { name: '5 новых' });
  await pill.waitFor();
  expect(await placeOf(page, before.key)).toBe(before.y);
  await pill.click();
  await page.getByText('Новость 4').last().waitFor();
  await page.close();
});

it('a hundred steps up through a long history never move a message by more than the step', async () => {
  const page = await open({ world: 'm=100000', at: '/chats?id=6' });
  await page.getByRole('log').locator('[data-key]').first().waitFor();
  const wrong = await page.evaluate(async () => {
    const log = document.querySelector('[role=log]') as HTMLElement;
    const painted = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
    const off: number[] = [];
    for (let step = 0; step < 100; step++) {
      const row = [...log.querySelectorAll('[data-key]')].find((one) => one.getBoundingClientRect().top > 250);
      const y = row?.getBoundingClientRect().top ?? 0;
      log.scrollTop -= 140;
      for (let frame = 0; frame < 3; frame++) {
        await painted();
        const moved = (row?.getBoundingClientRect().top ?? 0) - y;
        if (Math.abs(moved - 140) > 1) off.push(moved);
      }
    }
    return { off, laidOut: log.querySelectorAll('[data-key]').length };
  });
  expect(wrong.off).toEqual([]);
  expect(wrong.laidOut).toBeLessThan(300);
  await page.close();
});

it('a quote leads to its message', async () => {
  const page = await open({ at: '/chats?id=1' });
  await page.getByRole('button', { name: /Марина Соколова.*Фото/ }).click();
  await page.locator('[data-mark=found]').waitFor();
  await page.close();
});

it('a message found far back is shown among its neighbours, and the arrow leads back to the end', async () => {
  const page = await open({ world: 'm=5000', at: '/chats?id=6&message=5997000' });
  await page.locator('#message-uid-5997000').waitFor();
  const box = await page.locator('#message-uid-5997000').boundingBox();
  expect(box?.y).toBeGreaterThan(100);
  expect(box?.y).toBeLessThan(650);
  await page.getByRole('button', { name: 'К последнему сообщению' }).click();
  await page.locator('#message-uid-6000000').waitFor();
  await page.close();
});

it('opens at the line before the unread messages', async () => {
  const page = await open({ at: '/chats?id=4' });
  const line = page.getByText('Новые сообщения', { exact: true });
  await line.waitFor();
  const box = await line.boundingBox();
  expect(box?.y).toBeLessThan(220);
  await page.close();
});

it('stays at the end while pictures, windows and drafts change its height', async () => {
  const page = await open({ world: 'm=60', at: '/chats?id=6' });
  const gap = () => page.getByRole('log').evaluate((log) => log.scrollHeight - log.scrollTop - log.clientHeight);
  await page.getByRole('textbox', { name: 'Сообщение' }).fill('Раз\nдва\nтри\nчетыре');
  await expect.poll(gap).toBeLessThan(2);
  await page.setViewportSize({ width: 900, height: 600 });
  await expect.poll(gap).toBeLessThan(2);
  await page.evaluate(() => window.world.writes(6, 'Ещё вопрос'));
  await page.getByRole('log').getByText('Ещё вопрос').waitFor();
  await expect.poll(gap).toBeLessThan(2);
  await page.close();
});

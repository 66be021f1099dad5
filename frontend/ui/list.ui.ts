import { expect, it } from 'vitest';
import { open } from './browser';

it('a hundred thousand conversations scroll without a blank, with few rows laid out', async () => {
  const page = await open({ world: 'n=100000&m=5' });
  const seen = await page.evaluate(async () => {
    const list = document.querySelector('[role=listbox]') as HTMLElement;
    let blank = 0;
    for (let step = 0; step < 80; step++) {
      list.scrollTop += 700;
      await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
      if (!document.elementFromPoint(200, 400)?.closest('[role=option]')) blank++;
    }
    return { blank, rows: list.querySelectorAll('[role=option]').length, loaded: list.scrollHeight };
  });
  expect(seen.blank).toBe(0);
  expect(seen.rows).toBeLessThan(60);
  await page.close();
});

it('the width of the list is dragged, and remembered', async () => {
  const page = await open();
  const edge = page.getByRole('separator', { name: 'Ширина списка' });
  const box = await edge.boundingBox();
  if (!box) throw new Error('no edge');
  await page.mouse.move(box.x + 2, 300);
  await page.mouse.down();
  await page.mouse.move(box.x + 62, 300);
  await page.mouse.up();
  await page.reload();
  await expect.poll(async () => (await page.getByRole('region', { name: 'Беседы' }).boundingBox())?.width).toBeGreaterThan(380);
  await page.close();
});

it('everything is reached without a mouse', async () => {
  const page = await open();
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  await page.getByRole('log').waitFor();
  await page.keyboard.type('Здравствуйте!');
  await page.keyboard.press('Enter');
  await page.getByRole('log').getByText('Здравствуйте!').last().waitFor();
  await page.keyboard.press('Escape');
  await page.keyboard.press('?');
  await page.getByRole('dialog', { name: 'Клавиши' }).waitFor();
  await page.close();
});

it('one pane at a time in a narrow window, and back', async () => {
  const page = await open({ width: 700 });
  await page.getByText('Анна Лебедева').click();
  await page.getByRole('log').waitFor();
  expect(await page.getByRole('listbox').count()).toBe(0);
  await page.getByRole('button', { name: 'К списку' }).click();
  await page.getByRole('listbox').waitFor();
  await page.close();
});

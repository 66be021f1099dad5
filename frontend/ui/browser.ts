import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject } from 'vitest';

let browser: Browser;

beforeAll(async () => {
  browser = await chromium.launch({
    executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  });
});
afterAll(() => browser.close());

interface Window {
  /** Of the invented workspace: `n=1000&m=500`. */
  world?: string;
  at?: string;
  width?: number;
  height?: number;
  theme?: 'light' | 'dark';
}

/** A window on the invented workspace. Whatever breaks in it fails the test. */
export async function open({ world = '', at = '/chats', width = 1280, height = 800, theme = 'light' }: Window = {}): Promise<Page> {
  const context = await browser.newContext({ viewport: { width, height }, colorScheme: theme, reducedMotion: 'reduce' });
  const page = await context.newPage();
  const broken: string[] = [];
  page.on('pageerror', (error) => broken.push(error.message));
  await page.goto(`${inject('address')}/?fake&${world}#${at}`);
  const rows = page.getByRole('option').or(page.getByRole('log'));
  const elsewhere = !at.startsWith('/chats') || world.includes('empty');
  await (elsewhere ? page.getByRole('heading') : rows).first().waitFor();
  page.once('close', () => expect(broken).toEqual([]));
  return page;
}

/** The first message that lies well inside the thread, and where. */
export const reading = (page: Page) =>
  page.evaluate(() => {
    const log = document.querySelector('[role=log]');
    if (!log) throw new Error('no thread');
    const { top } = log.getBoundingClientRect();
    const row = [...log.querySelectorAll('[data-key]')].find((one) => one.getBoundingClientRect().top > top + 120);
    return { key: row?.getAttribute('data-key') ?? '', y: Math.round(row?.getBoundingClientRect().top ?? 0) };
  });

export const placeOf = (page: Page, key: string) =>
  page.evaluate((name) => Math.round(document.querySelector(`[role=log] [data-key="${name}"]`)?.getBoundingClientRect().top ?? NaN), key);

// The app as a browser sees it: besedka-web on a fresh demo workspace, and a headless Chromium in front of it.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const { chromium } = createRequire(new URL('../../frontend/package.json', import.meta.url))('playwright-core');

// Longer than anything here takes on a busy machine.
export const patience = 40_000;
const arguments_ = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

export async function start({ width = 1280, height = 800, theme = 'light', args = ['--demo'], env = {}, folder = aFolder() } = {}) {
  const options = { stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, ...env } };
  const server = spawn(process.env.BESEDKA_WEB, [...args, '--data-dir', folder, '--port', '0'], options);
  const address = await firstLine(server);
  const browser = await chromium.launch({ executablePath: process.env.BESEDKA_CHROMIUM ?? '/usr/bin/chromium', headless: true, args: arguments_ });
  const context = await browser.newContext({ viewport: { width, height }, colorScheme: theme, locale: 'ru-RU', timezoneId: 'Europe/Moscow', reducedMotion: 'reduce' });
  context.setDefaultTimeout(patience);
  const page = await context.newPage();
  const problems = [];
  page.on('pageerror', (error) => problems.push(String(error)));
  page.on('console', (line) => line.type() === 'error' && problems.push(`${line.text()} ${line.location().url.replace(/token=\w+/, '')}`));
  await page.goto(address);
  const stop = async ({ keep = false } = {}) => {
    await browser.close();
    server.kill('SIGTERM');
    await new Promise((ended) => (server.exitCode === null ? server.once('exit', ended) : ended()));
    if (!keep) rmSync(folder, { recursive: true, force: true });
  };
  return { page, address, problems, stop };
}

/** An empty folder for a workspace; `stop` deletes it. */
export const aFolder = () => mkdtempSync(join(tmpdir(), 'besedka-ui-'));

function firstLine(server) {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.once('exit', (code) => reject(new Error(`besedka-web ended with ${code} before it said its address`)));
    createInterface({ input: server.stdout }).once('line', resolve);
  });
}

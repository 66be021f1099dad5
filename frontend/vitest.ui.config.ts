import { defineConfig } from 'vitest/config';

/** Stories in a real browser, on the invented workspace: what jsdom cannot lay out or scroll. */
export default defineConfig({
  test: {
    environment: 'node',
    include: ['ui/**/*.ui.ts'],
    globalSetup: ['./ui/serve.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    fileParallelism: false,
  },
});

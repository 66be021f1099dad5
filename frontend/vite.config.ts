import react from '@vitejs/plugin-react';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { licences } from './licences.ts';

/**
 * Sizes are written in px, as they are drawn, and shipped in rem: the font scale of the settings (90–150 %)
 * is the root font size, so everything grows together. Hairlines (under 2 px) stay hairlines.
 */
const pxToRem = {
  postcssPlugin: 'px-to-rem',
  Declaration(decl: { value: string; source?: { input: { file?: string } } }) {
    if (!decl.source?.input.file?.includes('/src/') || !decl.value.includes('px')) return;
    decl.value = decl.value.replace(/(\d*\.?\d+)px/g, (whole, n: string) => (Number(n) < 2 ? whole : `${Number(n) / 16}rem`));
  },
};

export default defineConfig({
  base: './',
  plugins: [react(), licences],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  css: { postcss: { plugins: [pxToRem] } },
  server: { port: 5173, strictPort: true, host: '127.0.0.1' },
  build: { target: 'es2024', chunkSizeWarningLimit: 900, sourcemap: false },
  test: {
    environment: 'jsdom',
    globals: false,
    setupFiles: ['./src/shared/test/setup.ts'],
    include: ['src/**/*.test.{ts,tsx}'],
    css: { modules: { classNameStrategy: 'non-scoped' } },
    restoreMocks: true,
    // The whole app on a busy machine of two cores.
    testTimeout: 30_000,
  },
});

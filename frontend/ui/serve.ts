import { build, preview, type PreviewServer } from 'vite';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    address: string;
  }
}

const outDir = 'node_modules/.cache/ui-dist';
let server: PreviewServer;

/** Builds the app with the invented workspace in it and serves it for the time of the tests. */
export async function setup(project: TestProject): Promise<void> {
  await build({ mode: 'fake', logLevel: 'error', build: { outDir, emptyOutDir: true } });
  server = await preview({ mode: 'fake', logLevel: 'error', build: { outDir }, preview: { port: 0, host: '127.0.0.1' } });
  const { port } = server.httpServer.address() as { port: number };
  project.provide('address', `http://127.0.0.1:${port}`);
}

export const teardown = (): Promise<void> => server.close();

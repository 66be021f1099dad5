import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

interface Part {
  name: string;
  version: string;
  licence: string;
}
interface Locked {
  version?: string;
  license?: string;
  dev?: boolean;
  devOptional?: boolean;
}

const NAME = 'virtual:licences';
const read = (path: string): Promise<string> => readFile(fileURLToPath(new URL(path, import.meta.url)), 'utf8');

/** Packages that the page ships; tools of the build are left out. */
async function npm(): Promise<Part[]> {
  const { packages } = JSON.parse(await read('./package-lock.json')) as { packages: Record<string, Locked> };
  return Object.entries(packages)
    .filter(([path, { dev, devOptional }]) => path.includes('node_modules/') && !dev && !devOptional)
    .map(([path, { version = '', license = '' }]) => ({ name: path.split('node_modules/').at(-1) ?? path, version, licence: license }))
    .sort((a, b) => a.name.localeCompare(b.name));
}

/** Crates from a registry; ours have no source. */
async function cargo(): Promise<Part[]> {
  const lock = await read('../Cargo.lock').catch(() => '');
  return lock
    .split('[[package]]')
    .filter((block) => block.includes('source ='))
    .map((block) => ({
      name: /name = "([^"]+)"/.exec(block)?.[1] ?? '',
      version: /version = "([^"]+)"/.exec(block)?.[1] ?? '',
      licence: '',
    }));
}

/** `import('virtual:licences')`: what is built in, read from the lock files, so that the list cannot grow old. */
export const licences = {
  name: 'besedka-licences',
  resolveId: (id: string) => (id === NAME ? `\0${NAME}` : null),
  async load(id: string) {
    if (id !== `\0${NAME}`) return null;
    const [window, core] = await Promise.all([npm(), cargo()]);
    return `export const window = ${JSON.stringify(window)};\nexport const core = ${JSON.stringify(core)};\n`;
  },
};

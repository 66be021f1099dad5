/** What is built in, read from the lock files when the interface is built: `licences.ts` beside the Vite configuration. */
declare module 'virtual:licences' {
  export interface Part {
    name: string;
    version: string;
    licence: string;
  }
  export const window: Part[];
  export const core: Part[];
}

import { ApiError } from '../api/errors';
import type { Req, Res, RpcName } from '../api/rpc';
import type { Change } from '../api/schema.gen';
import type { Host, Listener } from '../host';

export type Answers = { [N in RpcName]?: (req: Req<N>) => Res<N> | Promise<Res<N>> };

export interface FakeHost extends Host {
  /** Everything that was asked, oldest first. */
  asked: { name: string; payload: unknown }[];
  /** Announces changes, as the backend would. */
  announce(...changes: Change[]): void;
  setState(state: 'open' | 'lost'): void;
}

/** A backend that a test or the invented workspace plays: answers by name, and everything it was asked. */
export function fakeHost(answers: Answers, overrides: Partial<Host> = {}): FakeHost {
  const listeners = new Set<Listener>();
  const asked: FakeHost['asked'] = [];
  let uploads = 0;
  return {
    kind: 'browser',
    platform: 'linux',
    asked,
    async rpc(name, payload) {
      asked.push({ name, payload });
      const answer = answers[name as RpcName] as ((req: unknown) => unknown) | undefined;
      if (!answer) throw new ApiError('not_found');
      return structuredClone(await answer(payload));
    },
    subscribe(listener) {
      listeners.add(listener);
      queueMicrotask(() => listeners.has(listener) && listener.onState('open'));
      return () => listeners.delete(listener);
    },
    announce: (...changes) => changes.forEach((change) => listeners.forEach((listener) => listener.onChange(change))),
    setState: (state) => listeners.forEach((listener) => listener.onState(state)),
    upload: () => Promise.resolve({ upload_id: ++uploads }),
    mediaUrl: (id) => `data:image/svg+xml,<svg xmlns="http://www.w3.org/2000/svg" id="m${id}"/>`,
    openExternal: () => Promise.resolve(),
    openFile: () => Promise.resolve(),
    saveFile: () => Promise.resolve(),
    openExport: () => Promise.resolve(),
    showExport: () => Promise.resolve(),
    savePicture: () => Promise.resolve(null),
    notify: () => Promise.resolve(),
    openDemo: () => Promise.resolve(),
    leaveDemo: () => Promise.resolve(),
    ...overrides,
  };
}

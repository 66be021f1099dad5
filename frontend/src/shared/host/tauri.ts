// The only file that knows the desktop shell.
import { invoke } from '@tauri-apps/api/core';
import { listen } from '@tauri-apps/api/event';
import { toApiError } from '../api/errors';
import type { Change, UploadId } from '../api/schema.gen';
import { platformOf, type Host } from './host';

export const insideShell = (): boolean => '__TAURI_INTERNALS__' in window;

export function tauriHost(): Host {
  const platform = platformOf(navigator.userAgent);
  // WebView2 serves custom schemes as http://<scheme>.localhost; the others know the scheme itself.
  const media = platform === 'windows' ? 'http://besedka-media.localhost/' : 'besedka-media://localhost/';
  const call = async <T>(command: string, args?: Parameters<typeof invoke>[1], options?: Parameters<typeof invoke>[2]): Promise<T> => {
    try {
      return await invoke<T>(command, args, options);
    } catch (cause) {
      throw toApiError(cause);
    }
  };

  return {
    kind: 'desktop',
    platform,
    rpc: (name, payload) => call('rpc', { name, payload }),
    subscribe({ onChange, onState }) {
      let stopped = false;
      const ready = listen<Change>('changed', (event) => onChange(event.payload)).then((unlisten) => {
        if (stopped) unlisten();
        else onState('open');
        return unlisten;
      });
      return () => {
        stopped = true;
        void ready.then((unlisten) => unlisten());
      };
    },
    async upload(file, options) {
      const bytes = new Uint8Array(await file.arrayBuffer());
      options?.signal?.throwIfAborted();
      const headers = { 'x-file-name': encodeURIComponent(file.name), 'x-file-type': file.type || 'application/octet-stream' };
      const done = await call<{ upload_id: UploadId }>('upload', bytes, { headers });
      options?.onProgress?.(1);
      return done;
    },
    mediaUrl: (id, variant = 'full') => `${media}${id}${variant === 'thumb' ? '?variant=thumb' : ''}`,
    openExternal: (url) => call('plugin:opener|open_url', { url }),
    openFile: (id, name) => call('open_attachment', { id, name }),
    saveFile: (id, name) => call('save_attachment', { id, name }),
    openExport: (id) => call('open_export', { id }),
    showExport: (id) => call('show_export', { id }),
    async savePicture(name, picture) {
      const bytes = new Uint8Array(await picture.arrayBuffer());
      return call<string>('save_picture', bytes, { headers: { 'x-file-name': encodeURIComponent(name) } });
    },
    // The shell raises notifications itself: it must do so when no window is open.
    notify: () => Promise.resolve(),
    // The shell starts the other window; a demo that is left closes its own.
    openDemo: () => call('rpc', { name: 'workspace.other', payload: {} }),
    leaveDemo: () => call('rpc', { name: 'workspace.other', payload: {} }),
  };
}

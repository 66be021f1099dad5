import { createContext, use } from 'react';
import { browserHost, takeToken } from './browser';
import type { Host } from './host';
import { insideShell, tauriHost } from './tauri';

export type { Host, Listener, MediaVariant, Notice, UploadOptions } from './host';

/** The one place that chooses. */
export const currentHost = (): Host => (insideShell() ? tauriHost() : browserHost(takeToken()));

export const HostContext = createContext<Host | null>(null);

export function useHost(): Host {
  const host = use(HostContext);
  if (!host) throw new Error('HostContext is missing');
  return host;
}

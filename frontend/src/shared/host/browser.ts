// Talks to the `web` crate: the same router over HTTP on 127.0.0.1.
import { ApiError, toApiError } from '../api/errors';
import type { Change, UploadId } from '../api/schema.gen';
import { platformOf, type Host } from './host';

const STORED = 'besedka.token';
/** Pause before a lost event stream is opened again; EventSource gives up for good after an HTTP error. */
const REOPEN_MS = 1500;

/** The token comes once in the address and is taken out of it, so that it is neither seen nor shared by accident. */
export function takeToken(): string {
  const address = new URL(location.href);
  const given = address.searchParams.get('token');
  if (given) {
    sessionStorage.setItem(STORED, given);
    address.searchParams.delete('token');
    history.replaceState(null, '', address);
  }
  return given ?? sessionStorage.getItem(STORED) ?? '';
}

export function browserHost(token: string, base = ''): Host {
  const authorization = { Authorization: `Bearer ${token}` };
  const rpc = async (name: string, payload: unknown): Promise<unknown> => {
    const answer = await fetch(`${base}/rpc/${name}`, {
      method: 'POST',
      headers: { ...authorization, 'Content-Type': 'application/json' },
      body: JSON.stringify(payload ?? {}),
    }).catch(() => {
      throw new ApiError('unreachable');
    });
    const body: unknown = await answer.json().catch(() => null);
    if (!answer.ok) throw answer.status === 401 ? new ApiError('unauthorized') : toApiError(body);
    return body;
  };
  const other = async (): Promise<string> => ((await rpc('workspace.other', {})) as { url: string }).url;
  const media = (id: number, variant: string, extra = '') =>
    `${base}/media/${id}?token=${encodeURIComponent(token)}${variant === 'thumb' ? '&variant=thumb' : ''}${extra}`;

  return {
    kind: 'browser',
    platform: platformOf(navigator.userAgent),
    rpc,
    subscribe({ onChange, onState }) {
      let source: EventSource | null = null;
      let timer: ReturnType<typeof setTimeout> | undefined;
      let stopped = false;
      const heard = (event: MessageEvent<string>) => onChange(JSON.parse(event.data) as Change);
      const open = () => {
        source = new EventSource(`${base}/events?token=${encodeURIComponent(token)}`);
        source.onopen = () => onState('open');
        source.onmessage = heard;
        source.addEventListener('changed', heard);
        source.onerror = () => {
          onState('lost');
          if (source?.readyState !== EventSource.CLOSED || stopped) return;
          timer = setTimeout(open, REOPEN_MS);
        };
      };
      open();
      return () => {
        stopped = true;
        clearTimeout(timer);
        source?.close();
      };
    },
    upload: (file, options) =>
      new Promise((resolve, reject) => {
        const request = new XMLHttpRequest();
        const form = new FormData();
        form.append('file', file, file.name);
        request.open('POST', `${base}/upload`);
        request.setRequestHeader('Authorization', authorization.Authorization);
        request.responseType = 'json';
        request.upload.onprogress = (e) => e.lengthComputable && options?.onProgress?.(e.loaded / e.total);
        request.onload = () =>
          request.status < 300 ? resolve(request.response as { upload_id: UploadId }) : reject(toApiError(request.response));
        request.onerror = () => reject(new ApiError('unreachable'));
        request.onabort = () => reject(new ApiError('cancelled'));
        options?.signal?.addEventListener('abort', () => request.abort());
        request.send(form);
      }),
    mediaUrl: (id, variant = 'full') => media(id, variant),
    openExternal(url) {
      window.open(url, '_blank', 'noopener,noreferrer');
      return Promise.resolve();
    },
    openFile(id) {
      window.open(media(id, 'full'), '_blank', 'noopener,noreferrer');
      return Promise.resolve();
    },
    saveFile(id, name) {
      const link = document.createElement('a');
      link.href = media(id, 'full', '&download=1');
      link.download = name;
      link.click();
      return Promise.resolve();
    },
    openExport(id) {
      const link = document.createElement('a');
      link.href = `${base}/exports/${id}?token=${encodeURIComponent(token)}`;
      link.click();
      return Promise.resolve();
    },
    savePicture(name, picture) {
      const link = document.createElement('a');
      link.href = URL.createObjectURL(picture);
      link.download = name;
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
      return Promise.resolve(null);
    },
    notify({ title, body, tag, onClick }) {
      if (typeof Notification === 'undefined' || Notification.permission !== 'granted') return Promise.resolve();
      const notice = new Notification(title, { body, tag });
      notice.onclick = () => {
        window.focus();
        onClick?.();
      };
      return Promise.resolve();
    },
    async openDemo() {
      // Opened with the click: what comes after an answer is taken for an advertisement and blocked.
      const page = window.open('', '_blank');
      try {
        const url = await other();
        if (page) page.location.replace(url);
        else location.assign(url);
      } catch (cause) {
        page?.close();
        throw cause;
      }
    },
    leaveDemo: async () => location.assign(await other()),
  };
}

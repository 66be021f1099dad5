// What was sent here and the backend has not yet taken: drawn at once, kept when it is refused.
import { useSyncExternalStore } from 'react';
import type { AttachmentKind, FileView, MessageId, MessageView, QuoteView } from '@/shared/api/schema.gen';
import type { Call } from '@/shared/api/rpc';
import { toApiError } from '@/shared/api/errors';

export interface OutgoingFile {
  name: string;
  kind: AttachmentKind;
  size: number;
  mime: string;
  width: number | null;
  height: number | null;
  /** Address of the picture for as long as the backend does not have it. */
  url: string;
  upload: Promise<number>;
  /** What it is sent as, when that is not what its type suggests. */
  as: AttachmentKind | null;
}

export interface Sending {
  conversation: number;
  text: string;
  files: OutgoingFile[];
  replyTo: QuoteView | null;
  author: string | null;
}

interface Entry {
  message: MessageView;
  sending: Sending;
  /** Ids that the backend gave it; it is drawn until they are on the screen. */
  ids: MessageId[];
}

const nobody: MessageView[] = [];
const urls = new Map<number, string>();
let entries: readonly Entry[] = [];
let shown = new Map<number, MessageView[]>();
let lastFile = 0;
const listeners = new Set<() => void>();

function publish(next: readonly Entry[]): void {
  entries = next;
  shown = new Map();
  for (const { message } of entries) shown.set(message.conversation_id, [...(shown.get(message.conversation_id) ?? []), message]);
  listeners.forEach((tell) => tell());
}

/** Address of a file that only exists here. */
export const localUrl = (fileId: number): string | undefined => urls.get(fileId);
export const isLocal = (message: MessageView): boolean => message.id < 0;

export const useOutgoing = (conversation: number): MessageView[] =>
  useSyncExternalStore(
    (tell) => {
      listeners.add(tell);
      return () => listeners.delete(tell);
    },
    () => shown.get(conversation) ?? nobody,
  );

function fileView(file: OutgoingFile): FileView {
  const id = --lastFile;
  urls.set(id, file.url);
  return {
    id,
    kind: file.url ? file.kind : 'document',
    name: file.name,
    mime: file.mime,
    size: file.size,
    width: file.width,
    height: file.height,
    duration_ms: null,
    waveform: [],
    state: 'local',
    reason: null,
    link: null,
  };
}

function draw({ conversation, text, files, replyTo, author }: Sending): MessageView {
  return {
    id: --lastFile,
    uid: crypto.randomUUID(),
    conversation_id: conversation,
    direction: 'out',
    author,
    author_id: null,
    sent_at: Date.now(),
    edited_at: null,
    deleted_at: null,
    text,
    entities: [],
    files: files.map(fileView),
    extras: [],
    system: null,
    reply_to: replyTo,
    forwarded_from: null,
    album: null,
    reactions: [],
    tick: 'sending',
    delivery: null,
    can_edit: false,
    can_delete: false,
    automatic: false,
    verdict: 'pass',
    judged: null,
  };
}

const change = (uid: string, patch: (entry: Entry) => Entry): void =>
  publish(entries.map((entry) => (entry.message.uid === uid ? patch(entry) : entry)));

async function hand(call: Call, uid: string, { conversation, text, files, replyTo }: Sending): Promise<void> {
  try {
    const uploads = await Promise.all(files.map(async (file) => ({ upload_id: await file.upload, ...(file.as ? { kind: file.as } : {}) })));
    const { message_ids } = await call('messages.send', {
      conversation_id: conversation,
      uid,
      text,
      uploads,
      ...(replyTo?.message_id ? { reply_to: replyTo.message_id } : {}),
    });
    change(uid, (entry) => ({ ...entry, ids: message_ids }));
  } catch (cause) {
    const { reason } = toApiError(cause);
    change(uid, ({ message, ...rest }) => ({
      ...rest,
      message: { ...message, tick: 'error', delivery: { state: 'failed', reason, retry_at: null, attempts: 1 } },
    }));
  }
}

/** Draws the bubble now and hands it over as soon as its files are there. The uid makes a repeat harmless. */
export function send(call: Call, sending: Sending): void {
  const message = draw(sending);
  publish([...entries, { message, sending, ids: [] }]);
  void hand(call, message.uid, sending);
}

export function sendAgain(call: Call, uid: string): void {
  const entry = entries.find((one) => one.message.uid === uid);
  if (!entry) return;
  change(uid, (one) => ({ ...one, message: { ...one.message, tick: 'sending', delivery: null } }));
  void hand(call, uid, entry.sending);
}

export function drop(uid: string): void {
  entries
    .find((entry) => entry.message.uid === uid)
    ?.message.files.forEach((file) => {
      const url = urls.get(file.id);
      if (url) URL.revokeObjectURL(url);
      urls.delete(file.id);
    });
  publish(entries.filter((entry) => entry.message.uid !== uid));
}

/** Lets go of what the backend's own answer now shows; its pictures go on with the addresses they have here, and do not blink. */
export function settle(shownNow: readonly MessageView[]): void {
  for (const { message, ids } of entries) {
    const real = shownNow.filter((one) => one.uid === message.uid || ids.includes(one.id));
    if (real.length === 0) continue;
    const files = real.flatMap((one) => one.files);
    message.files.forEach((file, i) => {
      const [url, same] = [urls.get(file.id), files[i]];
      if (url && same?.kind === file.kind) urls.set(same.id, url);
      urls.delete(file.id);
    });
    drop(message.uid);
  }
}

/** Own messages that are not yet among those of the backend. */
export const notYetIn = (outgoing: MessageView[], items: readonly MessageView[]): MessageView[] => {
  if (outgoing.length === 0) return nobody;
  const uids = new Set(items.map((message) => message.uid));
  return outgoing.filter((message) => !uids.has(message.uid));
};

import type { MessageView } from '@/shared/api/schema.gen';

/** Bubbles of one author closer than this stand together. */
const RUN_MS = 5 * 60_000;

/** Whether a bubble begins a run: another author, another day, a pause, a system line between. */
export function beginsRun(message: MessageView, before: MessageView | undefined): boolean {
  if (!before || before.system || before.direction !== message.direction) return true;
  return before.author !== message.author || before.author_id !== message.author_id || message.sent_at - before.sent_at > RUN_MS;
}

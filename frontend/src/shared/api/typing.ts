import { useSyncExternalStore } from 'react';
import { onChange } from './changes';

/** So long a client counts as typing after the network has said so. */
const SHOWN_MS = 6000;

const typing = new Map<number, ReturnType<typeof setTimeout>>();
const listeners = new Set<() => void>();
const tell = () => listeners.forEach((each) => each());

onChange((change) => {
  if (change.tag === 'messages' && typing.has(change.conversation_id)) stop(change.conversation_id);
  if (change.tag !== 'typing') return;
  const { conversation_id: id } = change;
  clearTimeout(typing.get(id));
  typing.set(
    id,
    setTimeout(() => stop(id), SHOWN_MS),
  );
  tell();
});

function stop(id: number): void {
  clearTimeout(typing.get(id));
  typing.delete(id);
  tell();
}

/** Whether the client is writing right now. A message that arrives ends it. */
export const useTyping = (conversationId: number): boolean =>
  useSyncExternalStore(
    (each) => {
      listeners.add(each);
      return () => listeners.delete(each);
    },
    () => typing.has(conversationId),
  );

import { useCallback, useRef } from 'react';
import { useCall } from '@/shared/api/rpc';

/** Networks show «is typing» for about five seconds; telling them more often changes nothing. */
const AGAIN_MS = 4000;

/** Tells the network that an answer is being written. */
export function useTypedHint(conversation: number): () => void {
  const call = useCall();
  const told = useRef(0);
  return useCallback(() => {
    if (Date.now() - told.current < AGAIN_MS) return;
    told.current = Date.now();
    void call('conversations.typing', { conversation_id: conversation }).catch(() => undefined);
  }, [call, conversation]);
}

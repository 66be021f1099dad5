import { useCallback, useEffect, useRef, useState } from 'react';
import { useCall } from '@/shared/api/rpc';
import type { ConversationView, Draft, MessageId } from '@/shared/api/schema.gen';

/** So long after the last keystroke a draft is stored. */
const QUIET_MS = 700;
/** Newest drafts of this window: switching back and forth never waits for the backend. */
const recent = new Map<number, Draft | null>();

/** The begun answer of a conversation: shown at once, stored when the typing pauses and when one leaves. */
export function useDraft(view: ConversationView) {
  const call = useCall();
  const id = view.row.id;
  const [draft, setDraft] = useState<Draft>(() => recent.get(id) ?? view.draft ?? { text: '', reply_to: null });
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const unsaved = useRef<Draft | null | undefined>(undefined);

  const save = useCallback(() => {
    clearTimeout(timer.current);
    if (unsaved.current === undefined) return;
    const stored = unsaved.current;
    unsaved.current = undefined;
    void call('conversations.save_draft', { conversation_id: id, draft: stored }).catch(() => {
      unsaved.current ??= stored;
    });
  }, [call, id]);

  const change = useCallback(
    (patch: Partial<Draft>) => {
      setDraft((old) => {
        const next = { ...old, ...patch };
        const stored = next.text.trim() || next.reply_to !== null ? next : null;
        recent.set(id, stored);
        unsaved.current = stored;
        return next;
      });
      clearTimeout(timer.current);
      timer.current = setTimeout(save, QUIET_MS);
    },
    [id, save],
  );

  /** Sent: nothing is left to keep. */
  const clear = useCallback(() => {
    setDraft({ text: '', reply_to: null });
    recent.set(id, null);
    unsaved.current = null;
    save();
  }, [id, save]);

  useEffect(() => {
    window.addEventListener('pagehide', save);
    return () => {
      window.removeEventListener('pagehide', save);
      save();
    };
  }, [save]);

  const setText = useCallback((text: string) => change({ text }), [change]);
  const setReply = useCallback((reply_to: MessageId | null) => change({ reply_to }), [change]);
  return { text: draft.text, replyTo: draft.reply_to, setText, setReply, clear };
}

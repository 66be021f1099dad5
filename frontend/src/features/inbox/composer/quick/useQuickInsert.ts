import type { RefObject } from 'react';
import { useCall } from '@/shared/api/rpc';
import type { Expanded, QuickReplyView, Upload } from '@/shared/api/schema.gen';
import { useErrorText } from '@/shared/lib/useErrorText';
import { complain } from '@/shared/ui/complain';

interface Where {
  conversation: number;
  field: RefObject<HTMLTextAreaElement | null>;
  text: string;
  caret: number;
  setText: (text: string) => void;
  addFiles: (files: readonly Upload[]) => void;
}

/** Puts a quick reply in place of what was typed after the slash. */
export function useQuickInsert({ conversation, field, text, caret, setText, addFiles }: Where) {
  const call = useCall();
  const errorText = useErrorText();

  /** The reply with what is known of the client in it; null when it was refused, and that was said. */
  const ask = (reply: QuickReplyView): Promise<Expanded | null> =>
    call('quick_replies.expand', { id: reply.id, conversation_id: conversation }).catch((cause: unknown) => {
      complain(errorText(cause));
      return null;
    });

  const put = (filled: Expanded, from: number) => {
    const input = field.current;
    const now = input?.value ?? text;
    const whole = now.slice(0, from) + filled.text + now.slice(caret);
    // The program answers a moment later: what was typed meanwhile stays behind the reply, and so does the caret.
    const typed = Math.max(0, (input?.selectionStart ?? caret) - caret);
    addFiles(filled.uploads);
    input?.focus();
    input?.setSelectionRange(from, caret);
    // Through the field itself, so that Ctrl+Z knows about it.
    if (!document.execCommand?.('insertText', false, filled.text)) setText(whole);
    const end = from + filled.text.length + typed;
    if (typed > 0) input?.setSelectionRange(end, end);
    const [missing] = filled.unresolved;
    const at = missing && typed === 0 ? whole.indexOf(`{${missing}`) : -1;
    // Nothing is known for it: what is typed next replaces it.
    if (at >= 0) requestAnimationFrame(() => input?.setSelectionRange(at, whole.indexOf('}', at) + 1));
  };

  return {
    ask,
    put,
    insert: async (reply: QuickReplyView, from: number) => {
      const filled = await ask(reply);
      if (filled) put(filled, from);
    },
  };
}

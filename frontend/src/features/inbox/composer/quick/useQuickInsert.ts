import type { RefObject } from 'react';
import type { FilledQuickReply, QuickReply } from '@/shared/api/planned';
import { useCall } from '@/shared/api/rpc';
import { useErrorText } from '@/shared/lib/useErrorText';
import { complain } from '@/shared/ui/complain';
import type { UploadedFile } from '../useAttachments';

interface Where {
  conversation: number;
  field: RefObject<HTMLTextAreaElement | null>;
  text: string;
  caret: number;
  setText: (text: string) => void;
  addFiles: (files: readonly UploadedFile[]) => void;
}

/** Puts a quick reply in place of what was typed after the slash. */
export function useQuickInsert({ conversation, field, text, caret, setText, addFiles }: Where) {
  const call = useCall();
  const errorText = useErrorText();

  /** The reply with what is known of the client in it; null when it was refused, and that was said. */
  const ask = (reply: QuickReply): Promise<FilledQuickReply | null> =>
    call('quick_replies.fill', { id: reply.id, conversation_id: conversation }).catch((cause: unknown) => {
      complain(errorText(cause));
      return null;
    });

  const put = (filled: FilledQuickReply, from: number) => {
    const input = field.current;
    const whole = text.slice(0, from) + filled.text + text.slice(caret);
    addFiles(filled.files);
    input?.focus();
    input?.setSelectionRange(from, caret);
    // Through the field itself, so that Ctrl+Z knows about it.
    if (!document.execCommand?.('insertText', false, filled.text)) setText(whole);
    const [missing] = filled.unresolved;
    const at = missing ? whole.indexOf(`{${missing}`) : -1;
    // Nothing is known for it: what is typed next replaces it.
    if (at >= 0) requestAnimationFrame(() => input?.setSelectionRange(at, whole.indexOf('}', at) + 1));
  };

  return {
    ask,
    put,
    insert: async (reply: QuickReply, from: number) => {
      const filled = await ask(reply);
      if (filled) put(filled, from);
    },
  };
}

import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { toApiError } from '@/shared/api/errors';
import { useCall } from '@/shared/api/rpc';
import type { OpenWriteFirst } from '@/shared/api/schema.gen';
import { useErrorText, useFieldErrors } from '@/shared/lib/useErrorText';

interface Refused {
  /** Belongs to the field «to». */
  address?: string | undefined;
  text?: string | undefined;
}

/** Opens the conversation and sends the first words. Tried again, it never sends twice: the same uid stands for the same message. */
export function useWriteFirst(onOpen: (conversationId: number) => void) {
  const { t } = useTranslation();
  const call = useCall();
  const errorText = useErrorText();
  const fieldErrors = useFieldErrors();
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<Refused>({});
  const opened = useRef<{ to: string; id: number; uid: string } | null>(null);

  const run = async (request: OpenWriteFirst, text: string) => {
    setBusy(true);
    setRefused({});
    const to = JSON.stringify(request);
    try {
      if (opened.current?.to !== to)
        opened.current = { to, id: (await call('write_first.open', request)).conversation_id, uid: crypto.randomUUID() };
    } catch (cause) {
      const address = fieldErrors(cause)['text'];
      setRefused(address ? { address } : { text: errorText(toApiError(cause)) });
      setBusy(false);
      return;
    }
    const { id, uid } = opened.current;
    try {
      if (text) await call('messages.send', { conversation_id: id, uid, text, uploads: [] });
      onOpen(id);
    } catch (cause) {
      setRefused({ text: t('write_first.opened', { why: errorText(cause) }) });
      setBusy(false);
    }
  };

  return { go: (request: OpenWriteFirst, text: string) => void run(request, text), busy, refused, forget: () => setRefused({}) };
}

import { useCallback, useEffect, useRef, useState } from 'react';
import { useCall } from '@/shared/api/rpc';
import type { ConversationView, MessageView } from '@/shared/api/schema.gen';
import { useAttention } from '@/shared/lib/useAttention';

/** Reading is reported when the scrolling has stopped for so long. */
const QUIET_MS = 350;

/**
 * What has been read: where the unread messages began when the conversation was opened, how many lie below, and the
 * report to the backend of how far somebody who really looks at the window has come.
 */
export function useReading(view: ConversationView, messages: readonly MessageView[], moreAfter: boolean, atLast: boolean) {
  const atEnd = atLast && !moreAfter;
  const call = useCall();
  const looking = useAttention();
  const [freshId, setFreshId] = useState(view.first_unread_id);
  const [seenAt, setSeenAt] = useState(0);
  const reported = useRef(0);
  const { id, unread, marked_unread } = view.row;

  // Whoever stood at the end and then looked away finds the line before what came meanwhile.
  useEffect(() => {
    if (!looking) setFreshId(null);
  }, [looking]);
  useEffect(() => {
    if (view.first_unread_id !== null && !(looking && atEnd)) setFreshId((old) => old ?? view.first_unread_id);
  }, [view.first_unread_id, looking, atEnd]);

  const seen = useCallback((message: MessageView | undefined) => {
    if (message && message.id > 0) setSeenAt((old) => Math.max(old, message.sent_at));
  }, []);

  const last = messages.findLast((message) => message.id > 0);
  const upTo = atEnd ? last : messages.findLast((message) => message.id > 0 && message.sent_at <= seenAt);
  const news = unread > 0 || marked_unread;
  useEffect(() => {
    if (!looking || !news || !upTo || (reported.current === upTo.id && !atEnd)) return;
    const timer = setTimeout(() => {
      reported.current = upTo.id;
      void call('conversations.mark_read', { conversation_id: id, up_to: atEnd ? null : upTo.id }).catch(() => undefined);
    }, QUIET_MS);
    return () => clearTimeout(timer);
  }, [call, looking, news, unread, upTo, atEnd, id]);

  const below = messages.filter((message) => message.direction === 'in' && message.sent_at > seenAt).length;
  return { freshId, seen, below: atEnd ? 0 : moreAfter ? unread : Math.min(below, unread) };
}

import { replaceEqualDeep } from '@tanstack/react-query';
import type { Call } from '@/shared/api/rpc';
import type { MessagePage, MessageView } from '@/shared/api/schema.gen';

/** A stretch of a conversation without a gap, as far as it is loaded. */
export interface Stretch {
  items: MessageView[];
  moreBefore: boolean;
  moreAfter: boolean;
}

/** What an opened conversation begins with: two screens. */
export const FIRST = 40;
/** One step of scrolling. */
export const STEP = 50;
/** The most that one call gives to a side. */
const WHOLE = 200;
/** So much stays loaded and laid out; behind that the far end is let go. */
const KEPT = 260;
/** New messages that one refresh follows; after that the rest is loaded by scrolling. */
const CHUNKS = Math.ceil(KEPT / WHOLE) + 2;

export const stretchOf = (page: MessagePage): Stretch => ({ items: page.items, moreBefore: page.more_before, moreAfter: page.more_after });

/** Unchanged messages stay the same objects, so only changed bubbles are drawn again. */
function keepSame(fresh: MessageView[], old: MessageView[]): MessageView[] {
  const known = new Map(old.map((message) => [message.id, message]));
  return fresh.map((message) => {
    const before = known.get(message.id);
    return before ? (replaceEqualDeep(before, message) as MessageView) : message;
  });
}

/** Asks again for everything that is loaded, and at the end of the conversation for what is new. */
export async function refreshed(call: Call, conversation: number, old: Stretch): Promise<Stretch> {
  const first = old.items[0];
  if (!first || (!old.moreAfter && old.items.length <= WHOLE - STEP)) {
    const page = await call('messages.list', {
      conversation_id: conversation,
      from: { at: 'newest' },
      limit: Math.max(STEP, old.items.length + STEP),
    });
    return { ...stretchOf(page), items: keepSame(page.items, old.items) };
  }
  const last = old.items.at(-1)?.id;
  const around = await call('messages.list', { conversation_id: conversation, from: { at: 'around', id: first.id }, limit: WHOLE });
  const begin = Math.max(
    0,
    around.items.findIndex((message) => message.id === first.id),
  );
  const items = around.items.slice(begin);
  let more = around.more_after;
  for (let chunk = 0; more && chunk < CHUNKS; chunk++) {
    if (old.moreAfter && items.some((message) => message.id === last)) break;
    const end = items.at(-1);
    if (!end) break;
    const page = await call('messages.list', { conversation_id: conversation, from: { at: 'after', id: end.id }, limit: WHOLE });
    items.push(...page.items);
    more = page.more_after;
  }
  return { items: keepSame(items, old.items), moreBefore: begin > 0 || around.more_before, moreAfter: more };
}

/** What was loaded at either side while a refresh was under way stays. */
export function joined(fresh: Stretch, now: Stretch | undefined): Stretch {
  if (!now) return fresh;
  const begin = now.items.findIndex((message) => message.id === fresh.items[0]?.id);
  const end = now.items.findIndex((message) => message.id === fresh.items.at(-1)?.id);
  const before = begin > 0 ? now.items.slice(0, begin) : [];
  const after = end >= 0 && fresh.moreAfter ? now.items.slice(end + 1) : [];
  if (before.length === 0 && after.length === 0) return fresh;
  return {
    items: [...before, ...fresh.items, ...after],
    moreBefore: before.length ? now.moreBefore : fresh.moreBefore,
    moreAfter: after.length ? now.moreAfter : fresh.moreAfter,
  };
}

export function withOlder(old: Stretch, page: MessagePage): Stretch {
  const items = [...page.items, ...old.items];
  return { items: items.slice(0, KEPT), moreBefore: page.more_before, moreAfter: old.moreAfter || items.length > KEPT };
}

export function withNewer(old: Stretch, page: MessagePage): Stretch {
  const items = [...old.items, ...page.items];
  return { items: items.slice(-KEPT), moreBefore: old.moreBefore || items.length > KEPT, moreAfter: page.more_after };
}

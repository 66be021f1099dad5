import { useState } from 'react';
import type { MessageView } from '@/shared/api/schema.gen';

/** Far enough from zero that any history can be put in front. */
const BASE = 10_000_000;

/**
 * The number of the first message for the virtual list: it falls by as many as were put in front, so that what is
 * on the screen keeps its number and does not move. Found by the first message that was there before, too.
 */
export function useFirstIndex(items: readonly MessageView[], epoch: number): number {
  const [kept, keep] = useState({ items, epoch, first: BASE });
  if (kept.items === items && kept.epoch === epoch) return kept.first;
  let first = BASE;
  if (kept.epoch === epoch) {
    const before = new Map(kept.items.map((message, index) => [message.uid, index]));
    const at = items.findIndex((message) => before.has(message.uid));
    const was = before.get(items[at]?.uid ?? '');
    if (was !== undefined) first = kept.first + was - at;
  }
  keep({ items, epoch, first });
  return first;
}

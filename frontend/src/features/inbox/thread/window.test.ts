import { describe, expect, it } from 'vitest';
import type { Call } from '@/shared/api/rpc';
import type { MessageView } from '@/shared/api/schema.gen';
import { aMessage } from '@/shared/test/world/messages';
import { World } from '@/shared/test/world/world';
import { callOf } from '@/shared/api/rpc';
import { joined, refreshed, withNewer, withOlder, type Stretch } from './window';

const said = (from: number, to: number): MessageView[] =>
  Array.from({ length: to - from + 1 }, (_, i) => aMessage(6, from + i, from + i, { text: `№ ${from + i}` }));
const stretch = (from: number, to: number, more: Partial<Stretch> = {}): Stretch => ({
  items: said(from, to),
  moreBefore: true,
  moreAfter: false,
  ...more,
});
const ids = ({ items }: Stretch) => [items[0]?.id, items.at(-1)?.id, items.length];

/** A conversation of so many messages, and how often it was asked. */
function conversation(length: number): { call: Call; asked: () => number } {
  const world = new World({ messages: 1 });
  world.threads.set(6, said(1, length));
  return { call: callOf(world.host), asked: () => world.host.asked.length };
}

describe('a refresh of what is loaded', () => {
  it('costs one call at the end of a conversation, and brings the new messages', async () => {
    const { call, asked } = conversation(500);
    const fresh = await refreshed(call, 6, stretch(430, 497));
    expect(fresh.items.at(-1)?.id).toBe(500);
    expect(asked()).toBe(1);
  });

  it('keeps exactly the stretch that is read in the middle of a history', async () => {
    const { call } = conversation(5000);
    expect(ids(await refreshed(call, 6, stretch(1001, 1250, { moreAfter: true })))[0]).toBe(1001);
    expect((await refreshed(call, 6, stretch(1001, 1250, { moreAfter: true }))).items.some(({ id }) => id === 1250)).toBe(true);
  });

  it('leaves unchanged messages the same objects', async () => {
    const { call } = conversation(60);
    const old = stretch(1, 60);
    expect((await refreshed(call, 6, old)).items[30]).toBe(old.items[30]);
  });
});

it('what was loaded above during a refresh stays', () => {
  expect(ids(joined(stretch(100, 160), stretch(50, 158)))).toEqual([50, 160, 111]);
});

it('scrolling up lets the far end go, and scrolling down the beginning', () => {
  const up = withOlder(stretch(100, 340), { items: said(50, 99), more_before: true, more_after: true });
  expect(ids(up)).toEqual([50, 309, 260]);
  expect(up.moreAfter).toBe(true);
  const down = withNewer(stretch(1, 250, { moreBefore: false, moreAfter: true }), {
    items: said(251, 300),
    more_before: true,
    more_after: false,
  });
  expect(ids(down)).toEqual([41, 300, 260]);
  expect(down.moreBefore).toBe(true);
});

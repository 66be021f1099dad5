import { configure } from '@testing-library/react';
import { vi } from 'vitest';
import { Office, type OfficeOptions } from '@/shared/test/world/office';
import { World } from '@/shared/test/world/world';
import type { Answers, FakeHost } from '@/shared/test/fakeHost';

// Whole screens in a page that is only played: a busy machine needs its time.
vi.setConfig({ testTimeout: 60_000 });
configure({ asyncUtilTimeout: 15_000 });

/** The invented workspace with its channels; `answers` play what a story needs differently. */
export function anOffice(
  options: Pick<OfficeOptions, 'empty'> = {},
  answers: Answers = {},
): { host: FakeHost; office: Office; world: World } {
  const office: Office = new Office({ ...options, announce: (change) => world.host.announce(change) });
  const world: World = new World({ empty: options.empty ?? false, answers: { ...office.answers, ...answers } });
  return { host: world.host, office, world };
}

/** What was asked under one name, oldest first. */
export const askedOf = (host: FakeHost, name: string): unknown[] => host.asked.filter((one) => one.name === name).map((one) => one.payload);

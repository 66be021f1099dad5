import type { Host } from '../host';
import { Office } from './world/office';
import { World } from './world/world';

/** `?fake`, with `&n=100000` conversations, `&m=100000` messages in each, `&empty`. The world hangs at `window.world`. */
export function playWorld(): Host {
  const asked = new URLSearchParams(location.search);
  const number = (name: string, usual: number) => Number(asked.get(name) ?? usual);
  const empty = asked.has('empty');
  const office: Office = new Office({ empty, announce: (change) => world.host.announce(change) });
  const world: World = new World({ conversations: number('n', 19), messages: number('m', 40), empty, answers: office.answers });
  Object.assign(window, { world, office });
  return world.host;
}

import type { Host } from '../host';
import { World } from './world/world';

/** `?fake`, with `&n=100000` conversations, `&m=100000` messages in each, `&empty`. The world hangs at `window.world`. */
export function playWorld(): Host {
  const asked = new URLSearchParams(location.search);
  const number = (name: string, usual: number) => Number(asked.get(name) ?? usual);
  const world = new World({ conversations: number('n', 19), messages: number('m', 40), empty: asked.has('empty') });
  Object.assign(window, { world });
  return world.host;
}

import { useSyncExternalStore } from 'react';

interface Clock {
  now: () => number;
  subscribe: (tell: () => void) => () => void;
}
const clocks = new Map<number, Clock>();

/** One timer for everybody who asks at the same pace, none when nobody does. */
function clockOf(stepMs: number): Clock {
  let now = Date.now();
  let timer: ReturnType<typeof setInterval> | undefined;
  const listeners = new Set<() => void>();
  return {
    now: () => {
      // Nobody listened for a while: the first one to ask sets the clock.
      if (listeners.size === 0 && Date.now() - now >= stepMs) now = Date.now();
      return now;
    },
    subscribe: (tell) => {
      listeners.add(tell);
      timer ??= setInterval(() => {
        now = Date.now();
        listeners.forEach((each) => each());
      }, stepMs);
      return () => {
        listeners.delete(tell);
        if (listeners.size > 0) return;
        clearInterval(timer);
        timer = undefined;
      };
    },
  };
}

/** The time, in steps of so many milliseconds. */
export function useNow(stepMs: number): number {
  const clock = clocks.get(stepMs) ?? clockOf(stepMs);
  clocks.set(stepMs, clock);
  return useSyncExternalStore(clock.subscribe, clock.now);
}

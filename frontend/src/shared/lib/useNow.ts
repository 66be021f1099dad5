import { useSyncExternalStore } from 'react';

interface Clock { now: number; listeners: Set<() => void>; timer: ReturnType<typeof setInterval> | undefined }
const clocks = new Map<number, Clock>();

/** The time, in steps: one timer for everybody who asks at the same pace, none when nobody does. */
export function useNow(stepMs: number): number {
  let clock = clocks.get(stepMs);
  if (!clock) {
    clock = { now: Date.now(), listeners: new Set(), timer: undefined };
    clocks.set(stepMs, clock);
  }
  const { listeners } = clock;
  const own = clock;
  return useSyncExternalStore((tell) => {
    listeners.add(tell);
    if (!own.timer) {
      own.now = Date.now();
      own.timer = setInterval(() => {
        own.now = Date.now();
        listeners.forEach((each) => each());
      }, stepMs);
    }
    return () => {
      listeners.delete(tell);
      if (listeners.size > 0) return;
      clearInterval(own.timer);
      own.timer = undefined;
    };
  }, () => own.now);
}

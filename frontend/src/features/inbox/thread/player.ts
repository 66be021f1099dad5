// One sound at a time in the whole window, and it goes on when its bubble scrolls away.
import { useSyncExternalStore } from 'react';

export interface Playing {
  /** The attachment that is in the player. */
  id: number | null;
  on: boolean;
  /** ms */
  position: number;
  /** ms; 0 until known */
  duration: number;
  rate: number;
}

const rates = [1, 1.5, 2] as const;
let state: Playing = { id: null, on: false, position: 0, duration: 0, rate: 1 };
let sound: HTMLAudioElement | null = null;
const listeners = new Set<() => void>();

function set(change: Partial<Playing>): void {
  state = { ...state, ...change };
  listeners.forEach((tell) => tell());
}

function element(): HTMLAudioElement {
  if (sound) return sound;
  const made = new Audio();
  made.preload = 'auto';
  made.addEventListener('timeupdate', () => set({ position: made.currentTime * 1000 }));
  made.addEventListener('durationchange', () => set({ duration: Number.isFinite(made.duration) ? made.duration * 1000 : 0 }));
  made.addEventListener('play', () => set({ on: true }));
  made.addEventListener('pause', () => set({ on: false }));
  made.addEventListener('ended', () => set({ on: false, position: 0 }));
  sound = made;
  return made;
}

export function toggle(id: number, url: string): void {
  const player = element();
  if (state.id !== id) {
    player.src = url;
    set({ id, position: 0, duration: 0 });
  }
  player.playbackRate = state.rate;
  if (player.paused) void player.play().catch(() => set({ on: false }));
  else player.pause();
}

/** `to` is a part of the whole, 0…1. */
export function seek(to: number, duration: number): void {
  const player = element();
  player.currentTime = (to * duration) / 1000;
  set({ position: to * duration });
}

export function nextRate(): void {
  const rate = rates[(rates.indexOf(state.rate as 1) + 1) % rates.length] ?? 1;
  element().playbackRate = rate;
  set({ rate });
}

const idle: Playing = { id: null, on: false, position: 0, duration: 0, rate: 1 };
let idleNow = idle;

/** The player as the bubble of this attachment sees it: others only learn the speed. */
export const usePlaying = (id: number): Playing =>
  useSyncExternalStore(
    (tell) => {
      listeners.add(tell);
      return () => listeners.delete(tell);
    },
    () => {
      if (state.id === id) return state;
      if (idleNow.rate !== state.rate) idleNow = { ...idle, rate: state.rate };
      return idleNow;
    },
  );

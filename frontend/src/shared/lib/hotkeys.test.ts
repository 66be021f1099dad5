import { renderHook } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { useActions } from './actions';
import { keysLabel, listenToKeys } from './hotkeys';

let stop: () => void;
beforeEach(() => {
  stop = listenToKeys();
});
afterEach(() => {
  stop();
  document.body.replaceChildren();
});

const press = (init: KeyboardEventInit, on: EventTarget = document.body) =>
  on.dispatchEvent(new KeyboardEvent('keydown', { bubbles: true, cancelable: true, ...init }));
const bind = (keys: string) => {
  const run = vi.fn();
  renderHook(() => useActions([{ id: keys, group: 'everywhere', label: keys, keys: [keys], run }]));
  return run;
};

it('a letter is a place on the keyboard: it works in a Russian layout', () => {
  const archive = bind('e');
  press({ key: 'у', code: 'KeyE' });
  expect(archive).toHaveBeenCalledOnce();
});

it('letters stay letters in a field, combinations do not', () => {
  const [archive, palette] = [bind('e'), bind('mod+k')];
  const field = document.body.appendChild(document.createElement('input'));
  press({ key: 'e', code: 'KeyE' }, field);
  press({ key: 'k', code: 'KeyK', ctrlKey: true }, field);
  expect(archive).not.toHaveBeenCalled();
  expect(palette).toHaveBeenCalledOnce();
});

it('a dialog has the keyboard for itself', () => {
  const archive = bind('e');
  const dialog = document.body.appendChild(document.createElement('div'));
  dialog.setAttribute('role', 'dialog');
  dialog.setAttribute('aria-modal', 'true');
  press({ key: 'e', code: 'KeyE' });
  expect(archive).not.toHaveBeenCalled();
});

it('the question mark opens the help wherever it lies', () => {
  const help = bind('?');
  press({ key: '?', code: 'Digit7', shiftKey: true });
  press({ key: '?', code: 'Slash', shiftKey: true });
  expect(help).toHaveBeenCalledTimes(2);
});

it('names keys as the system does', () => {
  expect(keysLabel('mod+shift+f', false)).toBe('Ctrl Shift F');
  expect(keysLabel('mod+shift+f', true)).toBe('⌘ ⇧ F');
});

import { currentActions, type Action } from './actions';

const named: Record<string, string> = {
  slash: '/',
  enter: '↵',
  escape: 'Esc',
  arrowup: '↑',
  arrowdown: '↓',
  pageup: 'PgUp',
  pagedown: 'PgDn',
};

/** `mod+shift+f` → `Ctrl Shift F`, on a Mac `⌘ ⇧ F`. */
export function keysLabel(keys: string, mac: boolean): string {
  return keys
    .split('+')
    .map((key) => {
      if (key === 'mod') return mac ? '⌘' : 'Ctrl';
      if (key === 'shift') return mac ? '⇧' : 'Shift';
      if (key === 'alt') return mac ? '⌥' : 'Alt';
      return named[key] ?? key.toUpperCase();
    })
    .join(' ');
}

/** A letter is where it lies on the keyboard (`KeyE` is «у» in a Russian layout), a sign is what it prints. */
function pressed(event: KeyboardEvent): string {
  const key =
    event.key === '?'
      ? '?'
      : event.code.startsWith('Key')
        ? event.code.slice(3).toLowerCase()
        : event.key === '/' || (event.code === 'Slash' && !event.shiftKey)
          ? 'slash'
          : event.key.toLowerCase();
  const sign = key.length === 1 && !/[a-z]/.test(key);
  return [event.ctrlKey || event.metaKey ? 'mod' : '', event.altKey ? 'alt' : '', event.shiftKey && !sign ? 'shift' : '', key]
    .filter(Boolean)
    .join('+');
}

const inField = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));

/** Keys that an element with the focus has a use for by itself. */
const own: ReadonlySet<string> = new Set(['enter', 'arrowup', 'arrowdown']);
const usesKeys = (target: EventTarget | null): boolean =>
  target instanceof Element &&
  target.closest('button, a, summary, [role="slider"], [role="separator"], [role="tab"], [role="menuitem"]') !== null;

const overDialog = (): boolean => document.querySelector('[role="dialog"][aria-modal="true"], [data-menu-dropdown]') !== null;

const fits = (action: Action, keys: string, field: boolean): boolean =>
  (action.keys ?? []).includes(keys) && (!field || action.inFields === true || keys.startsWith('mod+'));

/** One listener for the window. A dialog that lies above has the keyboard for itself. */
export function listenToKeys(): () => void {
  const onKey = (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing || overDialog()) return;
    const keys = pressed(event);
    const action = currentActions().findLast((a) => fits(a, keys, inField(event.target)));
    if (!action || (own.has(keys) && usesKeys(event.target))) return;
    event.preventDefault();
    action.run();
  };
  window.addEventListener('keydown', onKey);
  return () => window.removeEventListener('keydown', onKey);
}

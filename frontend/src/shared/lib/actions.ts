// What can be done right now. Screens register their actions; the keyboard, the palette and the help sheet read them from here.
import { useEffect, useRef, useSyncExternalStore } from 'react';
import type { LucideIcon } from 'lucide-react';

export interface Action {
  /** Unique; a later registration of the same id wins while it lives. */
  id: string;
  group: 'list' | 'conversation' | 'everywhere';
  label: string;
  icon?: LucideIcon;
  /** `mod+k`, `shift+?`, `e`, `arrowdown`; letters are places on the keyboard, so they work in every layout. */
  keys?: string[];
  /** Known to the keyboard and the help sheet, but no line of the palette. */
  quiet?: boolean;
  /** Works while a text field has the focus, too. Default: only with `mod`. */
  inFields?: boolean;
  run: (argument?: string) => void;
}

let registered: readonly (readonly Action[])[] = [];
let flat: readonly Action[] = [];
const listeners = new Set<() => void>();

function publish(next: readonly (readonly Action[])[]): void {
  registered = next;
  flat = [...new Map(registered.flat().map((action) => [action.id, action])).values()];
  listeners.forEach((tell) => tell());
}

export const currentActions = (): readonly Action[] => flat;

export const runAction = (id: string, argument?: string): void => flat.find((action) => action.id === id)?.run(argument);

export const useActionList = (): readonly Action[] =>
  useSyncExternalStore((tell) => {
    listeners.add(tell);
    return () => listeners.delete(tell);
  }, currentActions);

/** Registers actions for as long as the component is on the screen. `run` is always the newest one. */
export function useActions(actions: readonly Action[]): void {
  const newest = useRef(actions);
  useEffect(() => {
    newest.current = actions;
  });
  const shape = actions.map((a) => `${a.id}|${a.label}|${(a.keys ?? []).join()}`).join('\n');
  useEffect(() => {
    const mine = newest.current.map((action) => ({
      ...action,
      run: (argument?: string) => newest.current.find((a) => a.id === action.id)?.run(argument),
    }));
    publish([...registered, mine]);
    return () => publish(registered.filter((other) => other !== mine));
  }, [shape]);
}

import { useCallback, useState } from 'react';

/** State of the window that survives a restart: widths, what is folded. Never anything people wrote. */
export function useKept<T extends number | boolean | string | null>(name: string, start: T): [T, (value: T) => void] {
  const key = `besedka.${name}`;
  const [value, setValue] = useState<T>(() => {
    try {
      const kept = localStorage.getItem(key);
      return kept === null ? start : (JSON.parse(kept) as T);
    } catch {
      return start;
    }
  });
  const keep = useCallback(
    (next: T) => {
      setValue(next);
      localStorage.setItem(key, JSON.stringify(next));
    },
    [key],
  );
  return [value, keep];
}

import { useEffect, useRef } from 'react';

/** Tells whoever asks before a page is left that something typed is not saved; and that nothing is once the form has gone. */
export function useTellDirty(dirty: boolean, onDirty: (dirty: boolean) => void): void {
  const tell = useRef(onDirty);
  useEffect(() => {
    tell.current = onDirty;
  });
  useEffect(() => tell.current(dirty), [dirty]);
  useEffect(() => () => tell.current(false), []);
}

import { useSyncExternalStore } from 'react';

const now = () => document.visibilityState === 'visible' && document.hasFocus();

/** Somebody looks at this window: it is visible and has the focus. */
export const useAttention = (): boolean =>
  useSyncExternalStore((tell) => {
    window.addEventListener('focus', tell);
    window.addEventListener('blur', tell);
    document.addEventListener('visibilitychange', tell);
    return () => {
      window.removeEventListener('focus', tell);
      window.removeEventListener('blur', tell);
      document.removeEventListener('visibilitychange', tell);
    };
  }, now);

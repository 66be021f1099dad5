import { useSyncExternalStore } from 'react';
import { useLook } from './look';

/** Width of the window in px of font scale 100 %: with large letters a window counts as narrower. */
export function useWindowWidth(): number {
  const { fontScale } = useLook();
  const px = useSyncExternalStore(
    (tell) => {
      window.addEventListener('resize', tell);
      return () => window.removeEventListener('resize', tell);
    },
    () => window.innerWidth,
  );
  return px / fontScale;
}

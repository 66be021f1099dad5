import { useCallback, useEffect, useRef, useState } from 'react';

/** So long after the last movement the label of the day goes. */
const REST_MS = 700;

/** The day at the upper edge, while the messages move; at rest nothing lies over them. */
export function useMovingDay() {
  const [day, setDay] = useState<string | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  const show = useCallback((label: string) => {
    setDay(label);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setDay(null), REST_MS);
  }, []);
  useEffect(() => () => clearTimeout(timer.current), []);
  return { day, show };
}

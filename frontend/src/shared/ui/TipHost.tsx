import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import s from './TipHost.module.css';

interface Tip {
  text: string;
  keys: string | undefined;
  box: DOMRect;
}

/** A pointer that only passes by shows nothing. */
const DELAY_MS = 350;
const GAP = 6;

const tipped = (target: EventTarget | null) => (target instanceof Element ? target.closest<HTMLElement>('[data-tip]') : null);

/**
 * One tooltip for every `data-tip` of the window: a hundred buttons cost a hundred attributes, not a hundred floating
 * elements. The words repeat the button's name, so screen readers need nothing of it.
 */
export function TipHost() {
  const [tip, setTip] = useState<Tip | null>(null);
  const bubble = useRef<HTMLDivElement>(null);

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let over: HTMLElement | null = null;
    const hide = () => {
      clearTimeout(timer);
      over = null;
      setTip(null);
    };
    const near = (element: HTMLElement | null, delay: number) => {
      if (element === over) return;
      hide();
      if (!element) return;
      over = element;
      timer = setTimeout(() => {
        if (element.isConnected)
          setTip({ text: element.dataset['tip'] ?? '', keys: element.dataset['tipKeys'], box: element.getBoundingClientRect() });
      }, delay);
    };
    const onPointer = (event: PointerEvent) => near(event.pointerType === 'touch' ? null : tipped(event.target), DELAY_MS);
    const onFocus = (event: FocusEvent) =>
      near(event.target instanceof Element && event.target.matches(':focus-visible') ? tipped(event.target) : null, 0);
    const listen = { pointerover: onPointer, focusin: onFocus, pointerdown: hide, keydown: hide, wheel: hide, blur: hide } as const;
    Object.entries(listen).forEach(([name, on]) => window.addEventListener(name, on as EventListener, { passive: true }));
    return () => {
      clearTimeout(timer);
      Object.entries(listen).forEach(([name, on]) => window.removeEventListener(name, on as EventListener));
    };
  }, []);

  useLayoutEffect(() => {
    const el = bubble.current;
    if (!el || !tip) return;
    const { width, height } = el.getBoundingClientRect();
    const below = tip.box.top - height - GAP < 4;
    el.style.left = `${Math.min(window.innerWidth - width - 4, Math.max(4, tip.box.left + (tip.box.width - width) / 2))}px`;
    el.style.top = `${below ? tip.box.bottom + GAP : tip.box.top - height - GAP}px`;
  }, [tip]);

  return (
    tip && (
      <div ref={bubble} className={s.tip} aria-hidden>
        {tip.text}
        {tip.keys && <kbd>{tip.keys}</kbd>}
      </div>
    )
  );
}

import s from './marks.module.css';

/** How a network is drawn: it comes with the channel's descriptor, no network is known here. */
export interface Mark {
  letter: string;
  /** Ground under the white letter, `#rrggbb`. */
  color: string;
  name: string;
}

export function ChannelMark({ mark, size = 16, ring }: { mark: Mark; size?: number; ring?: boolean }) {
  const rem = `${size / 16}rem`;
  return (
    <span
      className={s.mark}
      role="img"
      aria-label={mark.name}
      data-ring={ring || undefined}
      style={{ width: rem, height: rem, fontSize: `${Math.round(size * 0.6) / 16}rem`, background: mark.color }}
    >
      {mark.letter}
    </span>
  );
}

import { memo, useState } from 'react';
import { Users } from 'lucide-react';
import { ChannelMark, type Mark } from './ChannelMark';
import { Icon } from './Icon';
import { faceTints } from './theme';
import s from './marks.module.css';

interface Props {
  name: string;
  /** Address of the photo; initials stand in when there is none or it does not load. */
  photo?: string | null | undefined;
  mark?: Mark | undefined;
  /** px at font scale 100 %. */
  size?: number;
  group?: boolean;
}

const initials = (name: string): string => {
  const words = name
    .replace(/[^\p{L}\p{N}\s]/gu, '')
    .replace(/^\d[\d\s]*$/, '')
    .trim()
    .split(/\s+/)
    .filter(Boolean);
  const [first, second] = words;
  return first ? ([...first][0] + (second ? ([...second][0] ?? '') : '')).toUpperCase() : '#';
};

const tintOf = (name: string) => faceTints[[...name].reduce((sum, ch) => sum + ch.charCodeAt(0), 0) % faceTints.length] ?? faceTints[0];

/** A person or a group: photo or initials on a tint of the name, with the channel's mark in the corner. */
export const Face = memo(function Face({ name, photo, mark, size = 40, group }: Props) {
  const [broken, setBroken] = useState<string | null>(null);
  const [l1, l2, d1, d2] = tintOf(name);
  const rem = `${size / 16}rem`;
  return (
    <span
      aria-hidden
      className={s.face}
      style={
        {
          width: rem,
          height: rem,
          fontSize: `${Math.round(size * 0.36) / 16}rem`,
          '--l1': l1,
          '--l2': l2,
          '--d1': d1,
          '--d2': d2,
        } as React.CSSProperties
      }
    >
      {photo && broken !== photo ? (
        <img className={s.photo} src={photo} alt="" draggable={false} onError={() => setBroken(photo)} />
      ) : group ? (
        <Icon of={Users} size={size * 0.45} />
      ) : (
        initials(name)
      )}
      {mark && (
        <span className={s.corner}>
          <ChannelMark mark={mark} size={size > 36 ? 17 : 14} ring />
        </span>
      )}
    </span>
  );
});

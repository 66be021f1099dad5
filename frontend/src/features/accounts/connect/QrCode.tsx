import { useMemo } from 'react';
import { encode } from 'uqr';
import s from './ShowStep.module.css';

/** A QR code, dark on white in both themes: cameras expect it so. */
export function QrCode({ value, label }: { value: string; label: string }) {
  const { size, path } = useMemo(() => {
    const { data, size: side } = encode(value, { ecc: 'M', border: 0 });
    const dark = data.flatMap((row, y) => row.flatMap((on, x) => (on ? [`M${x} ${y}h1v1h-1z`] : [])));
    return { size: side, path: dark.join('') };
  }, [value]);
  return (
    <svg className={s.qr} viewBox={`-3 -3 ${size + 6} ${size + 6}`} role="img" aria-label={label} shapeRendering="crispEdges">
      <rect x="-3" y="-3" width={size + 6} height={size + 6} fill="#fff" />
      <path fill="#14201b" d={path} />
    </svg>
  );
}

import type { LucideIcon } from 'lucide-react';

interface Props {
  of: LucideIcon;
  /** px at font scale 100 %. */
  size?: number;
  stroke?: number;
  label?: string;
  className?: string | undefined;
  fill?: string;
}

/** An icon that grows with the font scale. Without a label it is decoration and hidden from screen readers. */
export function Icon({ of: Of, size = 17, stroke = 2, label, className, fill }: Props) {
  const named = label ? { role: 'img', 'aria-label': label } : { 'aria-hidden': true as const };
  return <Of size={`${size / 16}rem`} strokeWidth={stroke} className={className} {...(fill ? { fill } : {})} {...named} />;
}

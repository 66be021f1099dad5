// Small marks that repeat everywhere: status chip, key cap, count, tool button, state of a line.
import type { ComponentPropsWithRef, ReactNode } from 'react';
import s from './marks.module.css';
import tool from './Tool.module.css';

export type Tone = 'ok' | 'warn' | 'bad' | 'info' | 'accent' | 'muted';

export function Chip({ tone = 'muted', quiet, children }: { tone?: Tone; quiet?: boolean; children: ReactNode }) {
  return (
    <span className={s.chip} data-tone={tone} data-quiet={quiet || undefined}>
      {children}
    </span>
  );
}

export const Key = ({ children }: { children: ReactNode }) => <kbd className={s.key}>{children}</kbd>;

export const Count = ({ n, muted, label }: { n: number; muted?: boolean; label?: string }) => (
  <span className={s.count} data-muted={muted || undefined} aria-label={label}>
    {n > 999 ? '999+' : n}
  </span>
);

/** State of a connection by shape and word, never by colour alone. */
export function StateLine({
  tone,
  shape,
  children,
}: {
  tone: 'ok' | 'warn' | 'bad' | 'muted';
  shape: 'dot' | 'ring' | 'square' | 'hollow';
  children: ReactNode;
}) {
  return (
    <span className={s.line} data-tone={tone}>
      <i data-shape={shape} />
      {children}
    </span>
  );
}

type ToolProps = Omit<ComponentPropsWithRef<'button'>, 'color' | 'children'> & {
  label: string;
  keys?: string | undefined;
  on?: boolean | undefined;
  children: ReactNode;
};

/** Icon button with a name for screen readers and a tooltip with its shortcut (`TipHost` shows it). */
export function Tool({ label, keys, on, children, className, ...rest }: ToolProps) {
  return (
    <button
      type="button"
      aria-label={label}
      aria-pressed={on}
      data-tip={label}
      data-tip-keys={keys}
      className={[tool.tool, className].filter(Boolean).join(' ')}
      {...rest}
    >
      {children}
    </button>
  );
}

// What forms are made of: a section with its hint, boxes for choices with a consequence, a bar that saves, a note.
import { useId, type ComponentProps, type ReactNode } from 'react';
import { Button, type ButtonProps } from '@mantine/core';
import { CircleCheck, Info, TriangleAlert } from 'lucide-react';
import { Icon } from './Icon';
import s from './Form.module.css';

export function Section({
  id,
  title,
  hint,
  side,
  children,
}: {
  id?: string;
  title: string;
  hint?: ReactNode;
  side?: ReactNode;
  children: ReactNode;
}) {
  const named = useId();
  return (
    <section className={s.section} id={id} aria-labelledby={named}>
      <div className={s.text}>
        <h2 id={named}>{title}</h2>
        {hint && <p>{hint}</p>}
      </div>
      <div className={s.main}>{children}</div>
      {side && <aside className={s.side}>{side}</aside>}
    </section>
  );
}

/** Fields side by side; columns in px at font scale 100 %, the last one takes the rest. */
export function Grid({ cols = 2, children }: { cols?: number | number[]; children: ReactNode }) {
  const columns = Array.isArray(cols) ? `${cols.map((px) => `${px / 16}rem`).join(' ')} minmax(0, 1fr)` : `repeat(${cols}, minmax(0, 1fr))`;
  return (
    <div className={s.grid} style={{ gridTemplateColumns: columns }}>
      {children}
    </div>
  );
}

interface SaveBarProps {
  text: string;
  /** Why it was not saved. */
  problem?: string | undefined;
  busy?: boolean;
  saveLabel: string;
  dropLabel: string;
  onSave: () => void;
  onDrop: () => void;
}

/** Stands at the foot of a page while something differs from what is stored. */
export function SaveBar({ text, problem, busy, saveLabel, dropLabel, onSave, onDrop }: SaveBarProps) {
  return (
    <footer className={s.save} data-tone={problem ? 'bad' : undefined} role="status">
      <i />
      <span>{problem ?? text}</span>
      <Button variant="default" onClick={onDrop} disabled={busy ?? false}>
        {dropLabel}
      </Button>
      <Button onClick={onSave} loading={busy ?? false}>
        {saveLabel}
      </Button>
    </footer>
  );
}

export interface ChoiceOption {
  value: string;
  title: string;
  text?: ReactNode;
  tone?: 'bad';
  off?: boolean;
}

/** Radio boxes of two lines, for choices with a consequence. */
export function Choices({
  label,
  options,
  value,
  onChange,
}: {
  label: string;
  options: ChoiceOption[];
  value: string | null;
  onChange: (value: string) => void;
}) {
  const name = useId();
  return (
    <fieldset className={s.choices}>
      <legend>{label}</legend>
      {options.map((option) => (
        <label
          key={option.value}
          className={s.choice}
          data-on={option.value === value || undefined}
          data-tone={option.tone}
          data-off={option.off || undefined}
        >
          <input
            type="radio"
            name={name}
            checked={option.value === value}
            disabled={option.off ?? false}
            onChange={() => onChange(option.value)}
          />
          <i />
          <span>
            <b>{option.title}</b>
            {option.text}
          </span>
        </label>
      ))}
    </fieldset>
  );
}

const icons = { warn: TriangleAlert, bad: TriangleAlert, info: Info, ok: CircleCheck };

/** A line or two on a soft ground, with a way out at the right. A refusal is read out at once. */
export function Note({ tone, action, children }: { tone: keyof typeof icons; action?: ReactNode; children: ReactNode }) {
  return (
    <div className={s.note} data-tone={tone} role={tone === 'bad' ? 'alert' : undefined}>
      <Icon of={icons[tone]} size={16} />
      <div>{children}</div>
      {action}
    </div>
  );
}

/** For what cannot be taken back. */
export const DangerButton = (props: ButtonProps & Omit<ComponentProps<'button'>, keyof ButtonProps>) => (
  <Button {...props} className={s.danger ?? ''} />
);

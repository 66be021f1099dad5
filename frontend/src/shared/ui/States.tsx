// What stands in place of a list: it is coming, it did not come, there is nothing in it.
import type { ReactNode } from 'react';
import { Button, Loader } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useErrorText } from '../lib/useErrorText';
import s from './Table.module.css';

export function Loading({ label }: { label?: string }) {
  const { t } = useTranslation();
  return (
    <div className={s.state} role="status" aria-label={label ?? t('state.loading')}>
      <Loader size={22} />
    </div>
  );
}

/** It was refused: why, and once more. */
export function Failed({ title, cause, busy, onAgain }: { title: string; cause: unknown; busy?: boolean; onAgain: () => void }) {
  const { t } = useTranslation();
  const text = useErrorText();
  return (
    <div className={s.state} role="alert">
      <b>{title}</b>
      <span>{text(cause)}</span>
      <Button variant="default" onClick={onAgain} loading={busy ?? false}>
        {t('act.retry')}
      </Button>
    </div>
  );
}

/** Nothing here: what it is for, and the one next step. */
export const Nothing = ({ title, text, step }: { title: string; text?: ReactNode; step?: ReactNode }) => (
  <div className={s.state}>
    <b>{title}</b>
    {text && <span>{text}</span>}
    {step}
  </div>
);

import { useEffect, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { applyBoot, useBootQuery } from '@/shared/api/boot';
import { Broken } from './ErrorBoundary';
import s from './ErrorBoundary.module.css';

/** Nothing is shown before profile and settings are known; they arrive with the first answer. */
export function BootGate({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  const { data, error, refetch } = useBootQuery();

  useEffect(() => {
    if (data) applyBoot(data);
  }, [data]);

  if (data) return children;
  if (error?.code === 'unauthorized') {
    return (
      <div className={s.broken} role="alert">
        <h1>{t('unauthorized.title')}</h1>
        <p>{t('unauthorized.text')}</p>
      </div>
    );
  }
  return error ? <Broken onAgain={() => void refetch()} /> : null;
}

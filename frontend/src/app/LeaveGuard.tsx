import { useState, type ReactNode } from 'react';
import { useBlocker } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Confirm } from '@/shared/ui/Confirm';

/** Leaving a page with something typed and not saved asks first. */
export function LeaveGuard({ children }: { children: (onDirty: (dirty: boolean) => void) => ReactNode }) {
  const { t } = useTranslation();
  const [dirty, setDirty] = useState(false);
  const leaving = useBlocker({ shouldBlockFn: () => dirty, withResolver: true, enableBeforeUnload: dirty });
  return (
    <>
      {children(setDirty)}
      <Confirm
        title={t('form.leave.title')}
        opened={leaving.status === 'blocked'}
        action={t('form.leave.go')}
        cancel={t('form.leave.stay')}
        onClose={() => leaving.reset?.()}
        onConfirm={() => leaving.proceed?.()}
      >
        {t('form.leave.text')}
      </Confirm>
    </>
  );
}

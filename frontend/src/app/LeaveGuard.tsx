import { useState, type ReactNode } from 'react';
import { Button } from '@mantine/core';
import { useBlocker } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Dialog } from '@/shared/ui/Dialog';
import { DangerButton } from '@/shared/ui/Form';

/** Leaving a page with something typed and not saved asks first. */
export function LeaveGuard({ children }: { children: (onDirty: (dirty: boolean) => void) => ReactNode }) {
  const { t } = useTranslation();
  const [dirty, setDirty] = useState(false);
  const leaving = useBlocker({ shouldBlockFn: () => dirty, withResolver: true, enableBeforeUnload: dirty });
  return (
    <>
      {children(setDirty)}
      <Dialog
        title={t('form.leave.title')}
        width={440}
        opened={leaving.status === 'blocked'}
        onClose={() => leaving.reset?.()}
        closeLabel={t('act.close')}
        footer={
          <>
            <Button variant="default" onClick={() => leaving.reset?.()} data-autofocus>
              {t('form.leave.stay')}
            </Button>
            <DangerButton onClick={() => leaving.proceed?.()}>{t('form.leave.go')}</DangerButton>
          </>
        }
      >
        {t('form.leave.text')}
      </Dialog>
    </>
  );
}

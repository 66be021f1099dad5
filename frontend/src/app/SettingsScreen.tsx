import { useState } from 'react';
import { Button } from '@mantine/core';
import { useBlocker } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { SettingsPage } from '@/features/settings';
import { Dialog } from '@/shared/ui/Dialog';
import { DangerButton } from '@/shared/ui/Form';

/** Leaving with something typed and not saved asks first. */
export function SettingsScreen() {
  const { t } = useTranslation();
  const [dirty, setDirty] = useState(false);
  const leaving = useBlocker({ shouldBlockFn: () => dirty, withResolver: true, enableBeforeUnload: dirty });
  const blocked = leaving.status === 'blocked';
  return (
    <>
      <SettingsPage onDirty={setDirty} />
      <Dialog
        title={t('settings.leave.title')}
        width={440}
        opened={blocked}
        onClose={() => leaving.reset?.()}
        closeLabel={t('act.close')}
        footer={
          <>
            <Button variant="default" onClick={() => leaving.reset?.()} data-autofocus>
              {t('settings.leave.stay')}
            </Button>
            <DangerButton onClick={() => leaving.proceed?.()}>{t('settings.leave.go')}</DangerButton>
          </>
        }
      >
        {t('settings.leave.text')}
      </Dialog>
    </>
  );
}

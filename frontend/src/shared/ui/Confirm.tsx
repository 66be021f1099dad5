import type { ReactNode } from 'react';
import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Dialog } from './Dialog';
import { DangerButton } from './Form';

interface Props {
  /** Names what will be lost. */
  title: string;
  opened: boolean;
  busy?: boolean;
  /** Default: «Delete». */
  action?: string;
  /** Default: «Cancel». */
  cancel?: string;
  onClose: () => void;
  onConfirm: () => void;
  children: ReactNode;
}

/** A plain question before something is lost; the keyboard begins at the safe answer. */
export function Confirm({ title, opened, busy, action, cancel, onClose, onConfirm, children }: Props) {
  const { t } = useTranslation();
  return (
    <Dialog
      title={title}
      width={460}
      opened={opened}
      onClose={onClose}
      closeLabel={t('act.close')}
      footer={
        <>
          <Button variant="default" onClick={onClose} data-autofocus>
            {cancel ?? t('act.cancel')}
          </Button>
          <DangerButton loading={busy ?? false} onClick={onConfirm}>
            {action ?? t('act.delete')}
          </DangerButton>
        </>
      }
    >
      {children}
    </Dialog>
  );
}

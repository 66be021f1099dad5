import type { ReactNode } from 'react';
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useBoot } from '@/shared/api/boot';
import { useReasonText } from '@/shared/channels/useReasonText';
import { useHost } from '@/shared/host';
import { Gate } from './Gate';
import { statusQuery, type WorkspaceStatus } from './status';
import { UnlockScreen } from './UnlockScreen';
import { useOwnCall } from './useOwnCall';

/** Stands in front of the app while its workspace is not open. Once something is known of it, nothing waits here. */
export function WorkspaceGate({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  const { data: status, isPending } = useQuery(statusQuery(useHost()));
  const known = useBoot() !== undefined;
  switch (status?.state) {
    case 'locked':
      return <UnlockScreen status={status} />;
    case 'failed':
      return <Failed status={status} />;
    case 'closed':
      return <Gate title={t('workspace.closedTitle')} text={t('workspace.closedText')} />;
    default:
      return isPending && !known ? <Gate title={t('workspace.opening')} late /> : children;
  }
}

/** It did not open: why, and once more. */
function Failed({ status }: { status: WorkspaceStatus }) {
  const { t } = useTranslation();
  const reasonText = useReasonText();
  const retry = useOwnCall('workspace.retry');
  return (
    <Gate
      title={t('workspace.failedTitle')}
      text={status.reason ? reasonText(status.reason) : t('workspace.database')}
      note={t('workspace.failedText')}
      alarm
    >
      <Button onClick={() => retry.mutate({})} loading={retry.isPending} autoFocus>
        {t('act.retry')}
      </Button>
    </Gate>
  );
}

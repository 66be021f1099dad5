import { useState } from 'react';
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { DatabaseBackup, TriangleAlert, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useBoot } from '@/shared/api/boot';
import { useHost } from '@/shared/host';
import { useErrorText } from '@/shared/lib/useErrorText';
import { useFormat } from '@/shared/lib/format';
import { useKept } from '@/shared/lib/useKept';
import { Tool } from '@/shared/ui/bits';
import { Dialog } from '@/shared/ui/Dialog';
import { DangerButton, Note } from '@/shared/ui/Form';
import { Icon } from '@/shared/ui/Icon';
import { statusQuery } from './status';
import { useOwnCall } from './useOwnCall';
import s from './WorkspaceBanners.module.css';

/** What has become of the database, above every screen until somebody has read it. */
export function WorkspaceBanners() {
  return (
    <>
      <RecoveredBanner />
      <DamageBanner />
    </>
  );
}

/** A damaged database was replaced at this start: by what, and where the damaged file is. */
function RecoveredBanner() {
  const { t } = useTranslation();
  const format = useFormat();
  const recovered = useBoot()?.workspace.recovered;
  const [read, setRead] = useKept<string | null>('recoveredRead', null);
  if (!recovered || read === recovered.damaged_file) return null;
  return (
    <div className={s.banner} role="status">
      <Icon of={DatabaseBackup} size={17} />
      <div>
        <b>{t('workspace.recovered.title')}</b>{' '}
        {recovered.backup_at === null
          ? t('workspace.recovered.anew')
          : t('workspace.recovered.fromBackup', { date: format.dateTime(recovered.backup_at) })}
        <small>{t('workspace.recovered.kept', { file: recovered.damaged_file })}</small>
      </div>
      <Tool label={t('act.close')} onClick={() => setRead(recovered.damaged_file)}>
        <Icon of={X} size={16} />
      </Tool>
    </div>
  );
}

/** A check of the open database found damage; the backup comes back only when a person says so. */
function DamageBanner() {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const damaged = useQuery(statusQuery(useHost())).data?.damaged ?? false;
  const [asking, setAsking] = useState(false);
  const restore = useOwnCall('workspace.restore');
  if (!damaged) return null;
  return (
    <div className={s.banner} data-tone="bad" role="alert">
      <Icon of={TriangleAlert} size={17} />
      <div>{t('workspace.damage.text')}</div>
      <Button variant="default" size="compact-sm" onClick={() => setAsking(true)}>
        {t('workspace.damage.restore')}
      </Button>
      <Dialog
        title={t('workspace.damage.title')}
        opened={asking}
        onClose={() => setAsking(false)}
        closeLabel={t('act.close')}
        footer={
          <>
            <Button variant="default" onClick={() => setAsking(false)} data-autofocus>
              {t('act.cancel')}
            </Button>
            <DangerButton loading={restore.isPending} onClick={() => restore.mutate({}, { onSuccess: () => setAsking(false) })}>
              {t('workspace.damage.do')}
            </DangerButton>
          </>
        }
      >
        <p className={s.question}>{t('workspace.damage.question')}</p>
        {restore.error && <Note tone="bad">{errorText(restore.error)}</Note>}
      </Dialog>
    </div>
  );
}

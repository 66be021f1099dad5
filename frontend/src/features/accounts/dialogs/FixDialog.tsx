import { useState } from 'react';
import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useRpcMutation } from '@/shared/api/rpc';
import type { AccountRow } from '@/shared/api/schema.gen';
import { useChannel } from '@/shared/channels/channels';
import { ConnectionLine } from '@/shared/channels/ConnectionLine';
import { useReasonText } from '@/shared/channels/useReasonText';
import { useErrorText } from '@/shared/lib/useErrorText';
import { ChannelMark } from '@/shared/ui/ChannelMark';
import { Dialog } from '@/shared/ui/Dialog';
import { Note } from '@/shared/ui/Form';
import { ask } from '../actions';
import s from './dialogs.module.css';

/** What a person has to do elsewhere, in the words of the network, and «check again». */
export function FixDialog({ row, onClose }: { row: AccountRow; onClose: () => void }) {
  const { t } = useTranslation();
  const channel = useChannel(row.channel);
  const reasonText = useReasonText();
  const errorText = useErrorText();
  const retry = useRpcMutation('accounts.retry', { onSuccess: () => setTried(true) });
  const [tried, setTried] = useState(false);
  const { action, reason, status } = row.connection;
  const fixed = status === 'online';
  const kind = action === 'stop_other' || action === 'take_over' ? action : 'fix_settings';

  return (
    <Dialog
      title={row.name}
      opened
      onClose={onClose}
      closeLabel={t('act.close')}
      footer={
        fixed ? (
          <Button onClick={onClose}>{t('act.done')}</Button>
        ) : (
          <>
            <Button
              variant="default"
              onClick={() => {
                onClose();
                ask('edit', row.id);
              }}
            >
              {t('accounts.fix.settings')}
            </Button>
            {kind === 'take_over' && (
              <Button variant="default" onClick={() => ask('login', row.id)} data-autofocus>
                {t('accounts.fix.takeOver')}
              </Button>
            )}
            <Button onClick={() => retry.mutate({ account_id: row.id })} loading={retry.isPending || (tried && status === 'connecting')}>
              {t('accounts.fix.again')}
            </Button>
          </>
        )
      }
    >
      <div className={s.form}>
        <div className={s.line}>
          {channel && <ChannelMark mark={channel.mark} size={20} />}
          <ConnectionLine status={row.active ? status : 'off'} />
        </div>
        {fixed ? (
          <Note tone="ok">{t('accounts.fix.fixed')}</Note>
        ) : (
          <>
            {reason && <Note tone="warn">{reasonText(reason)}</Note>}
            <p>{t(`accounts.fix.${kind}`)}</p>
            <p>{t('accounts.fix.kept')}</p>
            {retry.error && <Note tone="bad">{errorText(retry.error)}</Note>}
          </>
        )}
      </div>
    </Dialog>
  );
}

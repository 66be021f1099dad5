import { useState } from 'react';
import { Button, Drawer, Loader } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { rpcQuery, useCall } from '@/shared/api/rpc';
import type { AccountRow } from '@/shared/api/schema.gen';
import { useChannel } from '@/shared/channels/channels';
import { useErrorText } from '@/shared/lib/useErrorText';
import { ChannelMark } from '@/shared/ui/ChannelMark';
import { Note } from '@/shared/ui/Form';
import { useAccounts } from '../queries';
import { EditForm } from './EditForm';
import s from './EditDrawer.module.css';

/** One channel in a drawer; what was typed is not lost by a stray click. */
export function EditDrawer({ row, onClose }: { row: AccountRow; onClose: () => void }) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const channel = useChannel(row.channel);
  const { data, error, refetch } = useQuery({ ...rpcQuery(useCall(), 'accounts.get', { account_id: row.id }, ['accounts']), staleTime: 0 });
  const others = (useAccounts().data ?? []).filter((each) => each.id !== row.id).map((each) => each.name);
  const [dirty, setDirty] = useState(false);
  const [leaving, setLeaving] = useState(false);
  const close = () => (dirty && !leaving ? setLeaving(true) : onClose());

  return (
    <Drawer.Root opened onClose={close} position="right" size="32.5rem" classNames={{ content: s.drawer ?? '' }}>
      <Drawer.Overlay />
      <Drawer.Content>
        <header className={s.head}>
          {channel && <ChannelMark mark={channel.mark} size={26} />}
          <div>
            <Drawer.Title className={s.title}>{row.name}</Drawer.Title>
            <small className="cut">{[row.handle, channel?.name ?? row.channel].filter(Boolean).join(' · ')}</small>
          </div>
          <Drawer.CloseButton aria-label={t('act.close')} />
        </header>
        {error && !data && (
          <div className={s.state}>
            <Note
              tone="bad"
              action={
                <Button variant="default" size="compact-sm" onClick={() => void refetch()}>
                  {t('act.retry')}
                </Button>
              }
            >
              {errorText(error)}
            </Note>
          </div>
        )}
        {!error && !data && (
          <div className={s.state} role="status" aria-label={t('accounts.loading')}>
            <Loader size={20} />
          </div>
        )}
        {data && !channel && (
          <div className={s.state}>
            <Note tone="warn">{t('accounts.form.unknownNetwork')}</Note>
          </div>
        )}
        {data && channel && (
          <EditForm
            details={{ ...data, row }}
            channel={channel}
            otherNames={others}
            leaving={leaving}
            onDirty={(now) => {
              setDirty(now);
              setLeaving(false);
            }}
            onStay={() => setLeaving(false)}
            onDone={onClose}
          />
        )}
      </Drawer.Content>
    </Drawer.Root>
  );
}

import { useTranslation } from 'react-i18next';
import type { AccountId } from '@/shared/api/schema.gen';
import { useChannel } from '@/shared/channels/channels';
import { ConnectionLine } from '@/shared/channels/ConnectionLine';
import { ChannelMark } from '@/shared/ui/ChannelMark';
import { Page } from '@/shared/ui/Page';
import { Failed, Loading, Nothing } from '@/shared/ui/States';
import { useAccounts } from '../queries';
import { SettingsForm } from './SettingsForm';
import { useStored } from './useSettings';

interface Props {
  id: AccountId;
  onBack: () => void;
  /** Something typed is not saved. */
  onDirty: (dirty: boolean) => void;
}

/** Everything that can be set about one channel, drawn from the channel's own description of itself. */
export function AccountSettingsPage({ id, onBack, onDirty }: Props) {
  const { t } = useTranslation();
  const accounts = useAccounts().data;
  const row = accounts?.find((each) => each.id === id);
  const channel = useChannel(row?.channel);
  const { stored, error, refetch } = useStored(id);
  const others = (accounts ?? []).filter((each) => each.id !== id).map((each) => each.name);
  return (
    <Page
      crumb={
        <button type="button" onClick={onBack}>
          {t('accounts.title')}
        </button>
      }
      title={
        <>
          {channel && <ChannelMark mark={channel.mark} size={20} />}
          <span className="cut">{row?.name}</span>
        </>
      }
      note={row && <ConnectionLine status={row.active ? row.connection.status : 'off'} />}
    >
      {stored && row && channel ? (
        <SettingsForm
          key={id}
          stored={{ ...stored, details: { ...stored.details, row } }}
          channel={channel}
          otherNames={others}
          onDirty={onDirty}
        />
      ) : stored && row ? (
        <Nothing title={t('channel.unknown')} text={t('accounts.form.unknownNetwork')} />
      ) : error ? (
        <Failed title={t('channel.failed')} cause={error} onAgain={refetch} />
      ) : (
        <Loading />
      )}
    </Page>
  );
}

import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { WriteFirstAccount } from '@/shared/api/schema.gen';
import { useChannels } from '@/shared/channels/channels';
import { useReasonText } from '@/shared/channels/useReasonText';
import { Chip } from '@/shared/ui/bits';
import { ChannelMark } from '@/shared/ui/ChannelMark';
import s from './WriteFirst.module.css';

interface Props {
  accounts: WriteFirstAccount[];
  chosen: number | undefined;
  onChoose: (account: number) => void;
}

/** Every account with its answer: can be tried, or why not. What can be tried stands first. */
export function AccountChoice({ accounts, chosen, onChoose }: Props) {
  const { t } = useTranslation();
  const name = useId();
  const channels = useChannels();
  const reasonText = useReasonText();
  const sorted = [...accounts].sort((a, b) => Number(a.refused !== null) - Number(b.refused !== null));
  return (
    <div role="radiogroup" aria-labelledby={`${name}-label`}>
      <div className={s.label} id={`${name}-label`}>
        {t('write_first.through')}
      </div>
      <div className={s.list}>
        {sorted.map(({ account_id, channel: id, name: title, refused }) => {
          const channel = channels.find((each) => each.info.id === id);
          const note = refused ? reasonText(refused) : channel?.name;
          return (
            <label key={account_id} className={s.row} data-state={refused ? 'no' : account_id === chosen ? 'on' : 'yes'}>
              <input
                type="radio"
                name={name}
                disabled={refused !== null}
                checked={account_id === chosen}
                onChange={() => onChoose(account_id)}
              />
              <i />
              {channel && <ChannelMark mark={channel.mark} size={22} />}
              <div>
                <b className="cut">{title}</b>
                <small>{note}</small>
              </div>
              {refused && <Chip>{t('write_first.unavailable')}</Chip>}
            </label>
          );
        })}
      </div>
    </div>
  );
}

import { useTranslation } from 'react-i18next';
import { useChannels } from '@/shared/channels/channels';
import { ChannelMark } from '@/shared/ui/ChannelMark';
import s from './NetworkTiles.module.css';

/** Networks of this build as big buttons. */
export function NetworkTiles({ onChoose }: { onChoose: (channel: string) => void }) {
  const { t } = useTranslation();
  const channels = useChannels();
  return (
    <ul className={s.tiles} aria-label={t('connect.network')}>
      {channels.map((channel) => (
        <li key={channel.info.id}>
          <button type="button" className={s.tile} onClick={() => onChoose(channel.info.id)}>
            <ChannelMark mark={channel.mark} size={26} />
            <span>
              <b>{channel.name}</b>
              <small>{channel.text('note')}</small>
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}

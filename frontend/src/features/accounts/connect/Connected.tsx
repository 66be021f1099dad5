import { Check } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Channel } from '@/shared/channels/channels';
import { ChannelMark } from '@/shared/ui/ChannelMark';
import { Icon } from '@/shared/ui/Icon';
import s from './Step.module.css';

/** The channel is connected: its name, and what happens now. */
export function Connected({ channel, name, again }: { channel: Channel; name: string; again: boolean }) {
  const { t } = useTranslation();
  const then = again ? t('connect.done.again') : channel.info.capabilities.history ? t('connect.done.history') : t('connect.done.fromNow');
  return (
    <div className={s.done} role="status">
      <span className={s.mark}>
        <ChannelMark mark={channel.mark} size={48} />
        <i>
          <Icon of={Check} size={14} stroke={3} />
        </i>
      </span>
      <h3>{name}</h3>
      <p>{then}</p>
      {!again && <p>{t('connect.done.rename')}</p>}
    </div>
  );
}

import { Check } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Connectable } from '@/shared/channels/channels';
import { ChannelMark } from '@/shared/ui/ChannelMark';
import { Icon } from '@/shared/ui/Icon';
import s from './Step.module.css';

interface Props {
  channel: Connectable;
  name: string;
  /** What happens now. */
  then: string;
  /** It can be called otherwise. */
  fresh: boolean;
}

/** It is connected: its name, and what happens now. */
export function Connected({ channel, name, then, fresh }: Props) {
  const { t } = useTranslation();
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
      {fresh && <p>{t('connect.done.rename')}</p>}
    </div>
  );
}

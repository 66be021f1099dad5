import { ChevronRight } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Connectable } from '@/shared/channels/channels';
import { ChannelMark } from '@/shared/ui/ChannelMark';
import { Icon } from '@/shared/ui/Icon';
import { StepText } from './StepText';
import s from './Ways.module.css';
import step from './Step.module.css';

/** The ways to log in to one network, the usual one first. */
export function Ways({ channel, onChoose }: { channel: Connectable; onChoose: (flow: string) => void }) {
  const { t } = useTranslation();
  const help = channel.text('help');
  return (
    <div className={step.step}>
      <h3>
        <ChannelMark mark={channel.mark} size={20} />
        {channel.name}
      </h3>
      {help && <StepText text={help} />}
      <ul className={s.ways} aria-label={t('connect.way')}>
        {channel.info.logins.map((flow, i) => (
          <li key={flow}>
            <button type="button" className={s.way} onClick={() => onChoose(flow)} data-autofocus={i === 0 || undefined}>
              <span>
                <b>{channel.text(`login.${flow}.title`) ?? flow}</b>
                <small>{channel.text(`login.${flow}.note`)}</small>
              </span>
              <Icon of={ChevronRight} size={17} />
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}

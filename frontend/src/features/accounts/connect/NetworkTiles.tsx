import { useTranslation } from 'react-i18next';
import { useChannels, type Connectable } from '@/shared/channels/channels';
import { useCrms } from '@/shared/channels/crms';
import { ChannelMark } from '@/shared/ui/ChannelMark';
import s from './NetworkTiles.module.css';

function Tiles({ label, what, onChoose }: { label: string; what: readonly Connectable[]; onChoose: (id: string) => void }) {
  return (
    <ul className={s.tiles} aria-label={label}>
      {what.map(({ info, mark, name, text }) => (
        <li key={info.id}>
          <button type="button" className={s.tile} onClick={() => onChoose(info.id)}>
            <ChannelMark mark={mark} size={26} />
            <span>
              <b>{name}</b>
              <small>{text('note')}</small>
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}

/** Networks of this build as big buttons. */
export function NetworkTiles({ onChoose }: { onChoose: (channel: string) => void }) {
  const { t } = useTranslation();
  return <Tiles label={t('connect.network')} what={useChannels()} onChoose={onChoose} />;
}

/** CRMs of this build, the same way. */
export function CrmTiles({ onChoose }: { onChoose: (crm: string) => void }) {
  const { t } = useTranslation();
  return <Tiles label={t('places.crm')} what={useCrms()} onChoose={onChoose} />;
}

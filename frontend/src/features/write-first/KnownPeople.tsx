import { useTranslation } from 'react-i18next';
import type { ConversationRow } from '@/shared/api/schema.gen';
import { useChannels } from '@/shared/channels/channels';
import { useHost } from '@/shared/host';
import { useFormat } from '@/shared/lib/format';
import { Face } from '@/shared/ui/Face';
import s from './WriteFirst.module.css';

/** People who are here already: opening their conversation beats writing to them as to strangers. */
export function KnownPeople({ rows, onOpen }: { rows: ConversationRow[]; onOpen: (id: number) => void }) {
  const { t } = useTranslation();
  const host = useHost();
  const format = useFormat();
  const channels = useChannels();
  return (
    <div>
      <div className={s.label}>{t('write_first.known')}</div>
      <ul className={s.known}>
        {rows.slice(0, 4).map((row) => (
          <li key={row.id}>
            <button type="button" aria-label={t('write_first.openKnown', { name: row.title })} onClick={() => onOpen(row.id)}>
              <Face
                name={row.title}
                photo={row.avatar_id === null ? null : host.mediaUrl(row.avatar_id, 'thumb')}
                mark={channels.find((each) => each.info.id === row.channel)?.mark}
                size={28}
                group={row.kind === 'group'}
              />
              <b className="cut">{row.title}</b>
              <small className="num">{format.stamp(row.moved_at)}</small>
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}

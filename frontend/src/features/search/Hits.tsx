import { memo, type ReactNode } from 'react';
import { UserSearch } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { ConversationRow, SearchHit } from '@/shared/api/schema.gen';
import { useChannel } from '@/shared/channels/channels';
import { useHost } from '@/shared/host';
import { useFormat } from '@/shared/lib/format';
import { Tool } from '@/shared/ui/bits';
import { ChannelMark } from '@/shared/ui/ChannelMark';
import { Face } from '@/shared/ui/Face';
import { Icon } from '@/shared/ui/Icon';
import s from './SearchPage.module.css';

interface Place {
  id: string;
  /** The keyboard stands here. */
  on: boolean;
  onOpen: () => void;
}

export function ConversationHit({ id, row, on, onOpen, onOnly }: Place & { row: ConversationRow; onOnly: () => void }) {
  const { t } = useTranslation();
  const host = useHost();
  const format = useFormat();
  const channel = useChannel(row.channel);
  return (
    <div id={id} className={s.person} role="row" aria-selected={on} onClick={onOpen}>
      <div role="gridcell">
        <Face
          name={row.title}
          photo={row.avatar_id === null ? null : host.mediaUrl(row.avatar_id, 'thumb')}
          mark={channel?.mark}
          size={32}
          group={row.kind === 'group'}
        />
        <b className="cut" title={row.title}>
          {row.title}
        </b>
        <small className="cut">{row.tags.join(', ')}</small>
        <time className="num">{format.stamp(row.moved_at)}</time>
      </div>
      <div role="gridcell">
        <Tool
          label={t('search.onlyHere', { name: row.title })}
          onClick={(event) => {
            event.stopPropagation();
            onOnly();
          }}
        >
          <Icon of={UserSearch} size={16} />
        </Tool>
      </div>
    </div>
  );
}

export const MessageHit = memo(function MessageHit({ id, hit, words, on, onOpen }: Place & { hit: SearchHit; words: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const channel = useChannel(hit.channel);
  return (
    <div id={id} className={s.hit} role="row" aria-selected={on} onClick={onOpen}>
      <div role="gridcell">
        {channel && <ChannelMark mark={channel.mark} size={18} />}
        <div>
          <span className={s.line}>
            <b className="cut">{hit.title}</b>
            <time className="num" dateTime={new Date(hit.sent_at).toISOString()} title={format.dateTime(hit.sent_at)}>
              {format.stamp(hit.sent_at)}
            </time>
          </span>
          <p className={s.text}>
            {hit.direction === 'out' && <i>{t('search.you')} </i>}
            {hit.excerpt ? marked(hit.excerpt, hit.marks) : words}
          </p>
        </div>
      </div>
    </div>
  );
});

/** Found stretches marked: begin and length in UTF-16 units. */
function marked(text: string, marks: [number, number][]): ReactNode[] {
  const out: ReactNode[] = [];
  let at = 0;
  for (const [begin, length] of marks) {
    if (begin < at) continue;
    out.push(text.slice(at, begin), <mark key={begin}>{text.slice(begin, begin + length)}</mark>);
    at = begin + length;
  }
  return [...out, text.slice(at)];
}

import { memo } from 'react';
import { MessageCircleMore, Pin, Users, VolumeX } from 'lucide-react';
import { useBoot } from '@/shared/api/boot';
import { useTyping } from '@/shared/api/typing';
import type { ConversationRow as Row } from '@/shared/api/schema.gen';
import { useChannel } from '@/shared/channels/channels';
import { useReasonText } from '@/shared/channels/useReasonText';
import { useHost } from '@/shared/host';
import { useFormat, useT } from '@/shared/lib/words';
import { Count } from '@/shared/ui/bits';
import { Face } from '@/shared/ui/Face';
import { Icon } from '@/shared/ui/Icon';
import { previewText } from '../preview';
import { Ticks } from '../Ticks';
import { WaitTimer } from './WaitTimer';
import s from './ConversationRow.module.css';

interface Props {
  row: Row;
  open: boolean;
  /** The keyboard stands here. */
  cursor: boolean;
  onOpen: (id: number) => void;
  onMenu: (row: Row, at: { x: number; y: number }) => void;
  /** Pointer down: what a click will need can be asked for already. */
  onNear: (row: Row) => void;
}

export const rowDomId = (id: number) => `conversation-${id}`;

/** One conversation: 62 px, two lines, nothing that moves. */
export const ConversationRow = memo(function ConversationRow({ row, open, cursor, onOpen, onMenu, onNear }: Props) {
  const t = useT();
  const host = useHost();
  const format = useFormat();
  const channel = useChannel(row.channel);
  const unread = row.unread > 0 || row.marked_unread;
  return (
    <div
      id={rowDomId(row.id)}
      className={s.row}
      role="option"
      aria-selected={open}
      data-cursor={cursor || undefined}
      data-unread={(unread && !row.muted) || undefined}
      onClick={() => onOpen(row.id)}
      onPointerDown={() => onNear(row)}
      onContextMenu={(event) => {
        event.preventDefault();
        onMenu(row, { x: event.clientX, y: event.clientY });
      }}
    >
      <Face
        name={row.title}
        photo={row.avatar_id === null ? null : host.mediaUrl(row.avatar_id, 'thumb')}
        mark={channel?.mark}
        group={row.kind === 'group'}
      />
      <div className={s.body}>
        <div className={s.line}>
          {row.kind === 'group' && <Icon of={Users} size={13} className={s.icon} label={t('inbox.kind.group')} />}
          {row.kind === 'comments' && <Icon of={MessageCircleMore} size={13} className={s.icon} label={t('inbox.kind.comments')} />}
          <span className={`${s.name} cut`} title={row.title}>
            {row.title}
          </span>
          {row.muted && <Icon of={VolumeX} size={13} className={s.icon} label={t('inbox.list.muted')} />}
          {row.pinned && <Icon of={Pin} size={12} className={s.icon} label={t('inbox.list.pinned')} />}
          <span className={s.push} />
          {row.last?.tick && <Ticks tick={row.last.tick} />}
          <time className={s.time} dateTime={new Date(row.moved_at).toISOString()}>
            {format.stamp(row.last?.sent_at ?? row.moved_at)}
          </time>
        </div>
        <div className={s.line}>
          <Says row={row} open={open} />
          <span className={s.push} />
          {row.waiting_since !== null && <WaitTimer since={row.waiting_since} />}
          {row.unread > 0 ? (
            <Count n={row.unread} muted={row.muted} label={t('inbox.list.unreadCount', { count: row.unread })} />
          ) : (
            row.marked_unread && <span className={s.dot} role="img" aria-label={t('inbox.list.markedUnread')} />
          )}
        </div>
      </div>
    </div>
  );
});

/** The second line: who types, the begun answer, or the last message. */
function Says({ row: { id, draft, last, kind }, open }: { row: Row; open: boolean }) {
  const t = useT();
  const typing = useTyping(id);
  const me = useBoot()?.profile.name;
  const reason = useReasonText();
  if (typing)
    return (
      <span className={`${s.text} cut`}>
        <em>{t('inbox.list.typing')}</em>
      </span>
    );
  // The begun answer of the open conversation stands in its field.
  if (draft && !open)
    return (
      <span className={`${s.text} cut`}>
        <b>{t('inbox.list.draft')} </b>
        {draft}
      </span>
    );
  if (!last) return <span className={`${s.text} cut`}>{t('inbox.list.nothingYet')}</span>;
  if (last.system) return <span className={`${s.text} cut`}>{reason(last.system)}</span>;
  const who =
    last.direction === 'out'
      ? last.author && last.author !== me
        ? last.author.split(' ')[0]
        : t('inbox.list.you')
      : kind === 'group'
        ? last.author
        : null;
  return (
    <span className={`${s.text} cut`}>
      {who && <span className={s.mine}>{`${who}: `}</span>}
      {last.deleted ? <i>{t('inbox.thread.deleted')}</i> : previewText(t, last.preview)}
    </span>
  );
}

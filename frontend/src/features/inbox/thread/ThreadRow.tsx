import { memo } from 'react';
import { Info, PhoneMissed } from 'lucide-react';
import type { MessageView } from '@/shared/api/schema.gen';
import { useReasonText } from '@/shared/channels/useReasonText';
import { useFormat, useT } from '@/shared/lib/words';
import { Icon } from '@/shared/ui/Icon';
import { Bubble, type BubbleActions } from './Bubble';
import s from './ThreadRow.module.css';

interface Props {
  message: MessageView;
  first: boolean;
  /** A new day begins here. */
  day: boolean;
  /** The first one not read yet. */
  fresh: boolean;
  group: boolean;
  /** Whom we talk to. */
  peer: string;
  /** Just jumped to, or where the keyboard stands. */
  mark: 'found' | 'cursor' | undefined;
  actions: BubbleActions;
}

export const messageDomId = (uid: string) => `message-${uid}`;

/** One message with what stands above it: the day, the line before the unread ones. */
export const ThreadRow = memo(function ThreadRow({ message, first, day, fresh, group, peer, mark, actions }: Props) {
  const t = useT();
  const format = useFormat();
  return (
    <div className={s.row} id={messageDomId(message.uid)} data-mark={mark}>
      {day && (
        <div className={s.day}>
          <span>{format.day(message.sent_at)}</span>
        </div>
      )}
      {fresh && (
        <div className={s.unread}>
          <span>{t('inbox.thread.newMessages')}</span>
        </div>
      )}
      {message.system ? (
        <SystemLine message={message} />
      ) : (
        <Bubble message={message} first={first || day || fresh} group={group} peer={peer} actions={actions} />
      )}
    </div>
  );
});

function SystemLine({ message }: { message: MessageView }) {
  const format = useFormat();
  const reason = useReasonText();
  if (!message.system) return null;
  const call = message.system.key.includes('call');
  return (
    <div className={s.sys} data-call={call || undefined}>
      <Icon of={call ? PhoneMissed : Info} size={14} />
      {`${reason(message.system)} · ${format.time(message.sent_at)}`}
    </div>
  );
}

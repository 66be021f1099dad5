import { memo } from 'react';
import { Ban, Bot, CornerUpRight, Ellipsis, Reply } from 'lucide-react';
import type { FileView, MessageView } from '@/shared/api/schema.gen';
import { useReasonText } from '@/shared/channels/useReasonText';
import { useFormat, useT } from '@/shared/lib/words';
import { Icon } from '@/shared/ui/Icon';
import { Ticks } from '../Ticks';
import { DeliveryNote } from './DeliveryNote';
import { ExtraBox } from './Extras';
import { boxOf } from './boxOf';
import { FileBox, isPicture } from './Files';
import { Quote } from './Quote';
import { RichText } from './RichText';
import s from './Bubble.module.css';

export interface BubbleActions {
  onJump: (message: number) => void;
  onLook: (file: FileView) => void;
  onReply: (message: MessageView) => void;
  onMenu: (message: MessageView, at: { x: number; y: number }) => void;
}

interface Props {
  message: MessageView;
  /** First of a run: it has the tail, in groups the name. */
  first: boolean;
  group: boolean;
  /** Whom we talk to. */
  peer: string;
  actions: BubbleActions;
}

/** One file that stands for itself: the time finds room beside its size. */
const alone = ({ files, text, extras }: MessageView): boolean =>
  files.length === 1 && files[0]?.kind === 'document' && files[0].state === 'local' && !text && extras.length === 0;

const onlyEmoji = /^(?:\p{RGI_Emoji}\s?){1,3}$/v;

export const Bubble = memo(function Bubble({ message, first, group, peer, actions }: Props) {
  const t = useT();
  const reasonText = useReasonText();
  const out = message.direction === 'out';
  const failed = message.delivery && (message.delivery.state === 'failed' || message.delivery.state === 'uncertain');
  const pictures = message.files.filter(isPicture);
  const wide = pictures.length === 1 && pictures[0] ? { width: `${(boxOf(pictures[0]).width + 6) / 16}rem` } : undefined;
  const media =
    message.files.length === 1 && message.files[0]?.kind === 'sticker' && !message.text
      ? 'sticker'
      : pictures.length === 1
        ? 'picture'
        : pictures.length > 1
          ? 'album'
          : alone(message)
            ? 'doc'
            : undefined;
  return (
    <div
      className={s.item}
      data-out={out || undefined}
      data-first={first || undefined}
      data-reacted={message.reactions.length > 0 || undefined}
    >
      <div className={s.line}>
        <div
          className={s.bubble}
          data-kind={failed ? 'fail' : undefined}
          style={wide}
          data-media={media}
          data-caption={Boolean(message.text) || undefined}
          data-deleted={message.deleted_at !== null || undefined}
          onContextMenu={(event) => {
            event.preventDefault();
            actions.onMenu(message, { x: event.clientX, y: event.clientY });
          }}
        >
          {group && !out && first && message.author && <div className={s.author}>{message.author}</div>}
          {message.forwarded_from && (
            <div className={s.tag}>
              <Icon of={CornerUpRight} size={13} />
              {t('inbox.thread.forwarded', { name: message.forwarded_from })}
            </div>
          )}
          {message.automatic && (
            <div className={s.tag}>
              <Icon of={Bot} size={13} />
              {t('inbox.thread.automatic')}
            </div>
          )}
          {message.judged && (
            <div className={s.tag} data-verdict={message.verdict}>
              <Icon of={Ban} size={13} />
              {reasonText(message.judged)}
            </div>
          )}
          {message.reply_to && <Quote quote={message.reply_to} peer={peer} onJump={actions.onJump} />}
          {pictures.length > 0 && (
            <div className={s.pictures}>
              {pictures.map((file) => (
                <FileBox key={file.id} file={file} onLook={actions.onLook} />
              ))}
            </div>
          )}
          {message.files
            .filter((file) => !isPicture(file))
            .map((file) => (
              <FileBox key={file.id} file={file} onLook={actions.onLook} />
            ))}
          {message.extras.map((extra, i) => (
            <ExtraBox key={i} extra={extra} />
          ))}
          {message.text && (
            <span className={s.text} data-big={(message.files.length === 0 && onlyEmoji.test(message.text)) || undefined}>
              <RichText text={message.text} entities={message.entities} />
            </span>
          )}
          <Meta message={message} />
          {message.reactions.length > 0 && (
            <div className={s.reactions}>
              {message.reactions.map((r) => (
                <span key={r.emoji}>
                  {r.emoji}
                  {r.count > 1 && <b className="num">{r.count}</b>}
                </span>
              ))}
            </div>
          )}
        </div>
        <div className={s.hover}>
          <button
            type="button"
            tabIndex={-1}
            title={t('inbox.message.reply')}
            aria-label={t('inbox.message.reply')}
            onClick={() => actions.onReply(message)}
          >
            <Icon of={Reply} size={15} />
          </button>
          <button
            type="button"
            tabIndex={-1}
            title={t('act.more')}
            aria-label={t('act.more')}
            onClick={(e) => {
              const box = e.currentTarget.getBoundingClientRect();
              actions.onMenu(message, { x: box.left, y: box.bottom });
            }}
          >
            <Icon of={Ellipsis} size={15} />
          </button>
        </div>
      </div>
      <DeliveryNote message={message} />
    </div>
  );
});

/** The last line's end: edited, who of us, when, how far it has come. */
function Meta({ message }: { message: MessageView }) {
  const t = useT();
  const format = useFormat();
  return (
    <span className={s.meta}>
      {message.deleted_at !== null ? (
        <span>{t('inbox.thread.deleted')}</span>
      ) : (
        message.edited_at !== null && <span title={format.dateTime(message.edited_at)}>{t('inbox.thread.edited')}</span>
      )}
      {message.direction === 'out' && message.author && <span>{message.author.split(' ')[0]}</span>}
      <time dateTime={new Date(message.sent_at).toISOString()} title={format.dateTime(message.sent_at)}>
        {format.time(message.sent_at)}
      </time>
      {message.tick && <Ticks tick={message.tick} />}
    </span>
  );
}

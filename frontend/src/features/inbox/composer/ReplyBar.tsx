import { Pencil, Reply, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { MessageView } from '@/shared/api/schema.gen';
import { Icon } from '@/shared/ui/Icon';
import { Tool } from '@/shared/ui/bits';
import { previewText } from '../preview';
import { quoteOf } from '../quoteOf';
import s from './ReplyBar.module.css';

interface Props {
  kind: 'reply' | 'edit';
  message: MessageView | undefined;
  /** Whom we talk to. */
  peer: string;
  onJump: (message: number) => void;
  onClose: () => void;
}

/** Above the text: what is answered or changed. */
export function ReplyBar({ kind, message, peer, onJump, onClose }: Props) {
  const { t } = useTranslation();
  const quote = message && quoteOf(message);
  return (
    <div className={s.bar}>
      <Icon of={kind === 'reply' ? Reply : Pencil} size={16} />
      <button type="button" className={s.quote} disabled={!message} onClick={() => message && onJump(message.id)}>
        <b className="cut">{kind === 'edit' ? t('inbox.composer.editing') : (quote?.author ?? peer)}</b>
        <span className="cut">{quote ? previewText(t, quote.preview) : '…'}</span>
      </button>
      <Tool label={t('act.cancel')} keys="Esc" onClick={onClose}>
        <Icon of={X} size={16} />
      </Tool>
    </div>
  );
}

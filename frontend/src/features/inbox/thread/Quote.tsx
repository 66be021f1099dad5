import type { QuoteView } from '@/shared/api/schema.gen';
import { useT } from '@/shared/lib/words';
import { previewText } from '../preview';
import s from './Bubble.module.css';

/** The quoted message: who and how it began. A click jumps to it when it is known here. */
export function Quote({ quote, onJump }: { quote: QuoteView; onJump: (message: number) => void }) {
  const t = useT();
  const id = quote.message_id;
  return (
    <button type="button" className={s.quote} disabled={id === null} onClick={() => id !== null && onJump(id)}>
      <b className="cut">{quote.author ?? t('inbox.list.you')}</b><span className="cut">{previewText(t, quote.preview)}</span>
    </button>
  );
}

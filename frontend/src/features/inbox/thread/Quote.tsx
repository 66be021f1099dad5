import type { QuoteView } from '@/shared/api/schema.gen';
import { useT } from '@/shared/lib/words';
import { previewText } from '../preview';
import s from './Bubble.module.css';

/** The quoted message: who (unnamed is the one we talk to) and how it began. A click jumps to it when it is known here. */
export function Quote({ quote, peer, onJump }: { quote: QuoteView; peer: string; onJump: (message: number) => void }) {
  const t = useT();
  const id = quote.message_id;
  return (
    <button type="button" className={s.quote} disabled={id === null} onClick={() => id !== null && onJump(id)}>
      <b className="cut">{quote.author ?? peer}</b>
      <span className="cut">{previewText(t, quote.preview)}</span>
    </button>
  );
}

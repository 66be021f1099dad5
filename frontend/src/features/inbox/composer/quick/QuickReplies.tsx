import { useEffect, useRef } from 'react';
import { useQuery } from '@tanstack/react-query';
import { Paperclip, Plus } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { valuesQuery } from '@/shared/api/quickReplies';
import { useCall } from '@/shared/api/rpc';
import type { QuickReplyView } from '@/shared/api/schema.gen';
import { runAction } from '@/shared/lib/actions';
import { piecesOf } from '@/shared/lib/placeholders';
import { keysLabel } from '@/shared/lib/hotkeys';
import { Icon } from '@/shared/ui/Icon';
import { TemplateText } from '@/shared/ui/TemplateText';
import { Key } from '@/shared/ui/bits';
import type { QuickList } from './useQuickReplies';
import s from './QuickReplies.module.css';

interface Props {
  list: QuickList;
  conversation: number;
  mac: boolean;
  onInsert: (reply: QuickReplyView) => void;
}

export const QUICK_LIST = 'quick-replies';
export const quickOption = (id: number): string => `${QUICK_LIST}-${id}`;

/** Placeholders whose values lie in a CRM: it may take seconds to tell them. */
const OF_CRM = /^(lead|company|responsible)\./;

/** What is known here at once; what a CRM knows when it has told it, and only where the text asks for it. */
function useValues(conversation: number, placeholders: readonly string[], text: string): Record<string, string> | undefined {
  const call = useCall();
  const [far, near] = [placeholders.filter((key) => OF_CRM.test(key)), placeholders.filter((key) => !OF_CRM.test(key))];
  const asks = piecesOf(text).some((piece) => 'key' in piece && OF_CRM.test(piece.key));
  const { data: known } = useQuery(valuesQuery(call, conversation, near));
  const { data: told } = useQuery({ ...valuesQuery(call, conversation, far), enabled: asks });
  return known && { ...known, ...told };
}

/** INB-5, above the composer: the chosen one unfolds with real values put in. The keyboard stays in the field. */
export function QuickReplies({ list: { found, empty, at, placeholders, choose }, conversation, mac, onInsert }: Props) {
  const { t } = useTranslation();
  const box = useRef<HTMLDivElement>(null);
  const values = useValues(conversation, placeholders, found[at]?.text ?? '');
  useEffect(() => {
    box.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [at]);

  return (
    <div className={s.quick}>
      <div className={s.head}>
        {t('quick.title')}
        <button type="button" onMouseDown={(e) => e.preventDefault()} onClick={() => runAction('quick-replies', 'new')}>
          <Icon of={Plus} size={14} />
          {t('quick.new')}
        </button>
      </div>
      {empty && <p className={s.none}>{t('quick.noneHere')}</p>}
      <div ref={box} id={QUICK_LIST} className={s.list} role="listbox" aria-label={t('quick.title')}>
        {found.map((reply, i) => (
          <div
            key={reply.id}
            id={quickOption(reply.id)}
            className={s.item}
            role="option"
            aria-selected={i === at}
            // The field keeps the focus.
            onMouseDown={(e) => e.preventDefault()}
            onMouseMove={() => i !== at && choose(i)}
            onClick={() => onInsert(reply)}
          >
            <b title={reply.name}>/{reply.name}</b>
            <div>
              <span className={i === at ? s.full : 'cut'}>
                <TemplateText text={reply.text} values={i === at ? values : undefined} />
              </span>
              {reply.files.length > 0 && (
                <small>
                  <Icon of={Paperclip} size={12} />
                  <span className="cut">
                    {reply.files.length === 1 ? reply.files[0]?.name : t('quick.files', { count: reply.files.length })}
                  </span>
                </small>
              )}
            </div>
            {i === at && <Key>↵</Key>}
          </div>
        ))}
      </div>
      <div className={s.keys}>
        <Key>↑</Key>
        <Key>↓</Key>
        {t('quick.keys.choose')}
        <Key>↵</Key>
        {t('quick.keys.insert')}
        <Key>{keysLabel('mod+enter', mac)}</Key>
        {t('quick.keys.send')}
        <Key>{keysLabel('escape', mac)}</Key>
        {t('quick.keys.close')}
      </div>
    </div>
  );
}

import { useEffect, useRef, useState } from 'react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { ChevronDown, ChevronUp, Search, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { rpcQuery, useCall } from '@/shared/api/rpc';
import { Icon } from '@/shared/ui/Icon';
import { Tool } from '@/shared/ui/bits';
import s from './ThreadSearch.module.css';

interface Props {
  conversation: number;
  onJump: (message: number) => void;
  onClose: () => void;
}

/** Search in the open conversation: Enter goes to the next older hit, Shift+Enter back. */
export function ThreadSearch({ conversation, onJump, onClose }: Props) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const field = useRef<HTMLInputElement>(null);
  const words = text.trim();
  const { data, isFetching } = useQuery({
    ...rpcQuery(
      useCall(),
      'search',
      {
        text: words,
        conversation_id: conversation,
        account_ids: [],
        contact_id: null,
        direction: null,
        has_file: false,
        from: null,
        to: null,
        cursor: null,
        limit: 100,
      },
      [`messages:${conversation}`],
    ),
    enabled: words.length > 0,
    placeholderData: keepPreviousData,
  });
  const hits = words ? (data?.messages ?? []) : [];
  const hit = hits[at]?.message_id;

  useEffect(() => field.current?.focus(), []);
  useEffect(() => {
    if (hit !== undefined) onJump(hit);
  }, [hit, onJump]);

  const step = (by: number) => setAt((old) => (hits.length ? (old + by + hits.length) % hits.length : 0));
  return (
    <div className={s.bar} role="search">
      <Icon of={Search} size={16} />
      <input
        ref={field}
        value={text}
        placeholder={t('inbox.search.inConversation')}
        aria-label={t('inbox.search.inConversation')}
        onChange={(e) => {
          setText(e.target.value);
          setAt(0);
        }}
        onKeyDown={(e) => {
          if (e.key === 'Enter') {
            e.preventDefault();
            step(e.shiftKey ? -1 : 1);
          }
          if (e.key === 'Escape') {
            e.stopPropagation();
            onClose();
          }
        }}
      />
      {words && !isFetching && (
        <span className={s.n} role="status">
          {hits.length ? t('inbox.look.of', { n: at + 1, all: hits.length }) : t('inbox.search.none')}
        </span>
      )}
      <Tool label={t('inbox.search.older')} disabled={hits.length === 0} onClick={() => step(1)}>
        <Icon of={ChevronUp} />
      </Tool>
      <Tool label={t('inbox.search.newer')} disabled={hits.length === 0} onClick={() => step(-1)}>
        <Icon of={ChevronDown} />
      </Tool>
      <Tool label={t('act.close')} keys="Esc" onClick={onClose}>
        <Icon of={X} />
      </Tool>
    </div>
  );
}

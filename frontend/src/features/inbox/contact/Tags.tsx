import { useState } from 'react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useCall } from '@/shared/api/rpc';
import type { ConversationRow, ConversationView } from '@/shared/api/schema.gen';
import { useErrorText } from '@/shared/lib/useErrorText';
import { complain } from '@/shared/ui/complain';
import { Icon } from '@/shared/ui/Icon';
import { countsQuery, patchRows } from '../list/useConversations';
import { viewQuery } from '../thread/useThread';
import { Block } from './Block';
import s from './ContactPanel.module.css';

/** Tags of a conversation: typed or chosen from those in use, taken off with their cross. */
export function Tags({ row }: { row: ConversationRow }) {
  const { t } = useTranslation();
  const call = useCall();
  const client = useQueryClient();
  const text = useErrorText();
  const [adding, setAdding] = useState(false);
  const [typed, setTyped] = useState('');
  const inUse = useQuery(countsQuery(call)).data?.tags ?? [];
  const offered = inUse.filter(({ tag }) => !row.tags.includes(tag) && tag.toLowerCase().includes(typed.trim().toLowerCase())).slice(0, 6);

  const put = (tags: string[]) => {
    const undo = patchRows(client, [row.id], (old) => ({ ...old, tags }));
    const { queryKey } = viewQuery(call, row.id);
    const before = client.getQueryData<ConversationView>(queryKey);
    if (before) client.setQueryData<ConversationView>(queryKey, { ...before, row: { ...before.row, tags } });
    call('conversations.set_tags', { conversation_id: row.id, tags }).catch((cause: unknown) => {
      undo();
      if (before) client.setQueryData(queryKey, before);
      complain(text(cause));
    });
  };
  const add = (tag: string) => {
    const clean = tag.trim();
    if (clean && !row.tags.includes(clean)) put([...row.tags, clean]);
    setTyped('');
    setAdding(false);
  };

  return (
    <Block title={t('inbox.contact.tags')} add={t('inbox.contact.addTag')} onAdd={() => setAdding(true)}>
      <div className={s.tags}>
        {row.tags.map((tag) => (
          <span key={tag} className={s.tag}>
            <span className="cut">{tag}</span>
            <button
              type="button"
              aria-label={t('inbox.contact.removeTag', { tag })}
              onClick={() => put(row.tags.filter((one) => one !== tag))}
            >
              <Icon of={X} size={12} />
            </button>
          </span>
        ))}
        {row.tags.length === 0 && !adding && <p className={s.empty}>{t('inbox.contact.noTags')}</p>}
      </div>
      {adding && (
        <div
          className={s.adding}
          onBlur={(e) => {
            if (!e.currentTarget.contains(e.relatedTarget)) add(typed);
          }}
        >
          <input
            autoFocus
            className={s.field}
            value={typed}
            maxLength={40}
            placeholder={t('inbox.contact.tagName')}
            aria-label={t('inbox.contact.tagName')}
            onChange={(e) => setTyped(e.target.value)}
            onKeyDown={(e) => {
              if (e.key === 'Enter') add(typed);
              if (e.key === 'Escape') {
                e.stopPropagation();
                setTyped('');
                setAdding(false);
              }
            }}
          />
          <div className={s.tags}>
            {offered.map(({ tag }) => (
              <button key={tag} type="button" className={s.offer} onClick={() => add(tag)}>
                {tag}
              </button>
            ))}
          </div>
        </div>
      )}
    </Block>
  );
}

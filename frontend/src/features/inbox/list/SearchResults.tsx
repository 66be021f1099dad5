import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useDeferredValue } from 'react';
import { ArrowRight } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { rpcQuery, useCall } from '@/shared/api/rpc';
import type { ConversationRow as Row, SearchHit } from '@/shared/api/schema.gen';
import { useChannel } from '@/shared/channels/channels';
import { runAction, useActionList } from '@/shared/lib/actions';
import { useFormat } from '@/shared/lib/format';
import { ChannelMark } from '@/shared/ui/ChannelMark';
import { Icon } from '@/shared/ui/Icon';
import { Marked } from '../Marked';
import { previewText } from '../preview';
import { ConversationRow } from './ConversationRow';
import { Skeletons } from './Skeletons';
import list from './ConversationList.module.css';
import s from './SearchResults.module.css';

interface Props {
  text: string;
  openId: number | undefined;
  onOpen: (id: number) => void;
  onMessage: (conversationId: number, messageId: number) => void;
  onMenu: (row: Row, at: { x: number; y: number }) => void;
}

const nobody = () => undefined;

/** What the words in the field above fit: people and groups first, then messages. */
export function SearchResults({ text, openId, onOpen, onMessage, onMenu }: Props) {
  const { t } = useTranslation();
  const words = useDeferredValue(text.trim());
  const everywhere = useActionList().some((action) => action.id === 'search.all');
  const { data } = useQuery({
    ...rpcQuery(
      useCall(),
      'search',
      {
        text: words,
        conversation_id: null,
        account_ids: [],
        contact_id: null,
        direction: null,
        has_file: false,
        from: null,
        to: null,
        cursor: null,
        limit: 30,
      },
      ['conversations', 'messages'],
    ),
    enabled: words.length > 0,
    placeholderData: keepPreviousData,
  });

  if (!data) return <Skeletons />;
  if (data.conversations.length === 0 && data.messages.length === 0)
    return (
      <div className={list.none}>
        <b>{t('inbox.search.none')}</b>
        {t('inbox.search.noneHint')}
      </div>
    );
  return (
    <div className={s.results}>
      {data.conversations.length > 0 && <h2>{t('inbox.search.conversations')}</h2>}
      <div role="listbox" aria-label={t('inbox.search.conversations')}>
        {data.conversations.map((row) => (
          <ConversationRow key={row.id} row={row} open={row.id === openId} cursor={false} onOpen={onOpen} onMenu={onMenu} onNear={nobody} />
        ))}
      </div>
      {data.messages.length > 0 && <h2>{t('inbox.search.messages')}</h2>}
      {data.messages.map((hit) => (
        <Hit key={hit.message_id} hit={hit} onOpen={() => onMessage(hit.conversation_id, hit.message_id)} />
      ))}
      {everywhere && (
        <button type="button" className={s.all} onClick={() => runAction('search.all', words)}>
          {t('inbox.search.all')}
          <Icon of={ArrowRight} size={14} />
        </button>
      )}
    </div>
  );
}

function Hit({ hit, onOpen }: { hit: SearchHit; onOpen: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const channel = useChannel(hit.channel);
  return (
    <button type="button" className={s.hit} onClick={onOpen}>
      <span className={s.line}>
        {channel && <ChannelMark mark={channel.mark} size={15} />}
        <b className="cut">{hit.title}</b>
        <time className="num">{format.stamp(hit.sent_at)}</time>
      </span>
      <span className={s.text}>
        {hit.direction === 'out' && <i>{`${t('inbox.list.you')}: `}</i>}
        {hit.excerpt ? <Marked text={hit.excerpt} marks={hit.marks} /> : previewText(t, hit.preview)}
      </span>
    </button>
  );
}

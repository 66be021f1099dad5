import { useDeferredValue, useEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { Button, Loader } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import type { TFunction } from 'i18next';
import { Search as SearchIcon, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { ConversationRow, Preview, SearchHit } from '@/shared/api/schema.gen';
import { useErrorText } from '@/shared/lib/useErrorText';
import { useFormat } from '@/shared/lib/format';
import { useLook } from '@/shared/lib/look';
import { Icon } from '@/shared/ui/Icon';
import { hasFilters, searchOf, type SearchAddress } from './address';
import { ConversationHit, MessageHit } from './Hits';
import { SearchFilters } from './SearchFilters';
import { useSearchPages } from './useSearchPages';
import s from './SearchPage.module.css';

interface Props {
  address: SearchAddress;
  go: (change: Partial<SearchAddress>) => void;
  onConversation: (id: number) => void;
  onMessage: (conversationId: number, messageId: number) => void;
  /** One line for a message without words. */
  previewText: (t: TFunction, preview: Preview) => string;
}

type Found = { kind: 'conversation'; id: string; row: ConversationRow } | { kind: 'message'; id: string; hit: SearchHit };

/** Search over every conversation; each message that is found leads to its place. */
export function SearchPage({ address, go, onConversation, onMessage, previewText }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const errorText = useErrorText();
  const { timeZone } = useLook();
  const field = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const [text, setText] = useState(address.q ?? '');
  const [at, setAt] = useState(-1);
  const [words] = useDebouncedValue(text.trim(), 180);
  const question = useMemo(() => searchOf(address, words, timeZone), [address, words, timeZone]);
  const { data, error, isFetching, hasNextPage, fetchNextPage, isFetchingNextPage, refetch, isPlaceholderData } = useSearchPages(question);
  const found = useDeferredValue(
    useMemo<Found[]>(
      () =>
        words && data
          ? [
              ...data.conversations.map((row) => ({ kind: 'conversation' as const, id: `found-c${row.id}`, row })),
              ...data.messages.map((hit) => ({ kind: 'message' as const, id: `found-m${hit.message_id}`, hit })),
            ]
          : [],
      [data, words],
    ),
  );
  const conversations = found.filter((one) => one.kind === 'conversation');
  const messages = found.filter((one) => one.kind === 'message');

  // Asked for again from elsewhere (the list, the palette): other words, the keyboard in the field.
  const { q = '' } = address;
  const typed = useRef(q);
  useEffect(() => {
    if (q === typed.current) return;
    typed.current = q;
    setText(q);
    field.current?.focus();
  }, [q]);
  const keep = useRef(go);
  useEffect(() => {
    keep.current = go;
  });
  useEffect(() => {
    if (words === typed.current) return;
    typed.current = words;
    keep.current({ q: words || undefined });
  }, [words]);
  useEffect(() => field.current?.focus(), []);
  useEffect(() => setAt(-1), [question]);
  useEffect(() => {
    if (at >= 0) list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
    if (at >= found.length - 5 && at >= 0 && hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [at, found.length, hasNextPage, isFetchingNextPage, fetchNextPage]);

  const open = (one: Found) =>
    one.kind === 'conversation' ? onConversation(one.row.id) : onMessage(one.hit.conversation_id, one.hit.message_id);
  const onKey = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 }[event.key];
    const chosen = found[at];
    if (step !== undefined && found.length > 0) {
      event.preventDefault();
      setAt(Math.max(0, Math.min(found.length - 1, at + step)));
    } else if (event.key === 'Enter' && !event.nativeEvent.isComposing) {
      const one = chosen ?? found[0];
      if (one) open(one);
    } else if (event.key === 'Escape' && text) {
      event.preventDefault();
      setText('');
    }
  };
  const current = found[at]?.id;
  const nothing = words !== '' && data && !isFetching && found.length === 0;

  return (
    <section className={s.page} aria-label={t('search.title')}>
      <h1 className="unseen">{t('search.title')}</h1>
      <header className={s.head}>
        <label className={s.field}>
          <Icon of={SearchIcon} size={18} />
          <input
            ref={field}
            value={text}
            placeholder={t('search.placeholder')}
            aria-label={t('search.title')}
            spellCheck={false}
            autoComplete="off"
            role="combobox"
            aria-expanded={found.length > 0}
            aria-haspopup="grid"
            aria-controls="search-found"
            aria-activedescendant={current}
            onChange={(e) => setText(e.target.value)}
            onKeyDown={onKey}
          />
          {isFetching && <Loader size={14} aria-label={t('search.looking')} />}
          {text && (
            <button
              type="button"
              aria-label={t('search.clear')}
              onClick={() => {
                setText('');
                field.current?.focus();
              }}
            >
              <Icon of={X} size={16} />
            </button>
          )}
        </label>
        <SearchFilters address={address} go={go} />
      </header>
      <div className={s.scroll} ref={list} data-old={isPlaceholderData || undefined}>
        {!words && (
          <p className={s.state}>
            <b>{t('search.empty')}</b>
            {t('search.emptyHint')}
          </p>
        )}
        {words && error && !data && (
          <p className={s.state} role="alert">
            <b>{t('search.failed')}</b>
            {errorText(error)}
            <Button variant="default" onClick={() => void refetch()}>
              {t('act.retry')}
            </Button>
          </p>
        )}
        {nothing && (
          <p className={s.state} role="status">
            <b>{t('search.none', { text: words })}</b>
            {t(hasFilters(address) ? 'search.noneFiltered' : 'search.noneHint')}
            {hasFilters(address) && (
              <Button
                variant="default"
                onClick={() =>
                  go({ account: undefined, contact: undefined, dir: undefined, file: undefined, from: undefined, to: undefined })
                }
              >
                {t('search.dropFilters')}
              </Button>
            )}
          </p>
        )}
        <div id="search-found" className={s.found} role="grid" aria-label={t('search.found')}>
          {conversations.length > 0 && (
            <div role="presentation" className={s.group}>
              {t('search.conversations')}
              <small className="num">{format.number(conversations.length)}</small>
            </div>
          )}
          {conversations.map((one) => (
            <ConversationHit
              key={one.id}
              id={one.id}
              row={one.row}
              on={one.id === current}
              onOpen={() => open(one)}
              onOnly={() => go({ contact: one.row.contact_id })}
            />
          ))}
          {messages.length > 0 && (
            <div role="presentation" className={s.group}>
              {t('search.messages')}
              <small className="num">
                {hasNextPage ? t('search.moreThan', { n: format.number(messages.length) }) : format.number(messages.length)}
              </small>
            </div>
          )}
          {messages.map((one) => (
            <MessageHit
              key={one.id}
              id={one.id}
              hit={one.hit}
              words={previewText(t, one.hit.preview)}
              on={one.id === current}
              onOpen={() => open(one)}
            />
          ))}
        </div>
        {words && hasNextPage && (
          <More busy={isFetchingNextPage} onMore={() => void fetchNextPage()} failed={error ? errorText(error) : null} />
        )}
      </div>
    </section>
  );
}

/** Comes by itself when the end is near; a button for those who do not scroll. */
function More({ busy, failed, onMore }: { busy: boolean; failed: string | null; onMore: () => void }) {
  const { t } = useTranslation();
  const end = useRef<HTMLDivElement>(null);
  const more = useRef(onMore);
  useEffect(() => {
    more.current = onMore;
  });
  useEffect(() => {
    const watch = new IntersectionObserver(([entry]) => entry?.isIntersecting && !busy && !failed && more.current(), {
      rootMargin: '300px',
    });
    if (end.current) watch.observe(end.current);
    return () => watch.disconnect();
  }, [busy, failed]);
  return (
    <div ref={end} className={s.more}>
      {failed}
      <Button variant="default" loading={busy} onClick={onMore}>
        {t('search.more')}
      </Button>
    </div>
  );
}

import { useCallback, useDeferredValue, useMemo, useState, type ReactNode } from 'react';
import { Drawer } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { accountsQuery } from '@/shared/api/accounts';
import { useCall } from '@/shared/api/rpc';
import type { ConversationRow } from '@/shared/api/schema.gen';
import { useKept } from '@/shared/lib/useKept';
import { useWindowWidth } from '@/shared/lib/useWindowWidth';
import { PointMenu, type Point } from '@/shared/ui/PointMenu';
import { ContactPanel } from './contact/ContactPanel';
import { ConversationList } from './list/ConversationList';
import { ListEmpty } from './list/ListEmpty';
import { ListHead } from './list/ListHead';
import { Resizer } from './list/Resizer';
import { SearchResults } from './list/SearchResults';
import { countsQuery, useConversations } from './list/useConversations';
import { OpenConversation } from './OpenConversation';
import { RowMenuItems } from './thread/ThreadHead';
import { prefetchThread, viewQuery } from './thread/useThread';
import { useInboxKeys } from './useInboxKeys';
import { useRowActions } from './useRowActions';
import type { InboxAddress } from './address';
import s from './InboxPage.module.css';

interface Props {
  address: InboxAddress;
  go: (change: Partial<InboxAddress>, replace?: boolean) => void;
  /** What stands in place of a conversation while there is no channel at all. */
  welcome?: ReactNode;
}

/** List · thread · panel. Under 1100 px the panel is a drawer, under 760 px one pane at a time. */
export function InboxPage({ address, go, welcome }: Props) {
  const { t } = useTranslation();
  const call = useCall();
  const client = useQueryClient();
  const width = useWindowWidth();
  const { id, filter = 'all', account, tag } = address;
  const question = useMemo(
    () => ({ filter, account_ids: account === undefined ? [] : [account], tag: tag ?? null }),
    [filter, account, tag],
  );
  const list = useConversations(question);
  const counts = useQuery(countsQuery(call)).data;
  const noAccounts = useQuery(accountsQuery(call)).data?.length === 0;
  const actions = useRowActions();
  const [panel, setPanel] = useKept<boolean>('panel', true);
  const [drawer, setDrawer] = useState(false);
  const [listWidth, setListWidth] = useKept<number | null>('listWidth', null);
  const [text, setText] = useState('');
  const [menu, setMenu] = useState<{ at: Point; row: ConversationRow } | null>(null);
  const searching = useDeferredValue(text.trim()) !== '';
  const one = width < 760;
  const wide = width >= 1100;

  const open = useCallback(
    (to: number) => {
      setDrawer(false);
      go({ id: to, message: undefined });
    },
    [go],
  );
  const openMessage = useCallback((to: number, message: number) => go({ id: to, message }), [go]);
  const near = useCallback((row: ConversationRow) => prefetchThread(client, call, row.id, filter === 'filtered'), [client, call, filter]);
  const onMenu = useCallback((row: ConversationRow, at: Point) => setMenu({ row, at }), []);
  const reached = useCallback(() => go({ message: undefined }, true), [go]);
  const close = useCallback(() => go({ id: undefined, message: undefined }), [go]);
  const cursor = useInboxKeys({ rows: list.rows, openId: id, actions, onOpen: open, onClose: close });
  const { data: view } = useQuery({ ...viewQuery(call, id ?? 0), enabled: id !== undefined });

  const shownList = !one || id === undefined;
  return (
    <div className={s.inbox}>
      {shownList && (
        <section
          className={s.list}
          data-alone={one || undefined}
          aria-label={t('places.chats')}
          style={listWidth === null || one ? undefined : { width: `${listWidth / 16}rem` }}
        >
          <h1 className="unseen">{t('places.chats')}</h1>
          <ListHead
            filter={filter}
            onFilter={(to) => go({ filter: to === 'all' ? undefined : to }, true)}
            narrowing={{ account, tag }}
            onNarrow={(to) => go(to, true)}
            counts={counts}
            text={text}
            onText={setText}
            searchKey={id === undefined}
          />
          {searching ? (
            <SearchResults text={text} openId={id} onOpen={open} onMessage={openMessage} onMenu={onMenu} />
          ) : (
            <ConversationList
              rows={list.rows}
              complete={list.complete}
              error={list.error}
              openId={id}
              cursorId={cursor}
              empty={
                <ListEmpty
                  filter={filter}
                  narrowed={account !== undefined || tag !== undefined}
                  noAccounts={noAccounts}
                  onAll={() => go({ filter: undefined, account: undefined, tag: undefined }, true)}
                />
              }
              onMore={() => void list.more()}
              onAgain={() => void list.again()}
              onOpen={open}
              onMenu={onMenu}
              onNear={near}
            />
          )}
          {!one && <Resizer width={listWidth} onWidth={setListWidth} />}
        </section>
      )}
      {id !== undefined ? (
        <OpenConversation
          id={id}
          row={list.rows?.find((row) => row.id === id)}
          target={address.message}
          filtered={filter === 'filtered'}
          onReached={reached}
          actions={actions}
          panelOpen={wide ? panel : drawer}
          onBack={one ? close : undefined}
          onPanel={() => (wide ? setPanel(!panel) : setDrawer(!drawer))}
        />
      ) : (
        !one &&
        (noAccounts && welcome ? (
          <div className={s.place}>{welcome}</div>
        ) : (
          <div className={s.place} data-quiet>
            {list.rows?.length ? t('inbox.choose') : null}
          </div>
        ))
      )}
      {id !== undefined && view && wide && panel && (
        <div className={s.panel}>
          <ContactPanel view={view} onOpen={open} />
        </div>
      )}
      {one && id === undefined && noAccounts && welcome && (
        <div className={s.place} data-over>
          {welcome}
        </div>
      )}
      <Drawer.Root opened={drawer && !wide && view !== undefined} onClose={() => setDrawer(false)} position="right" size="20rem">
        <Drawer.Overlay />
        <Drawer.Content aria-label={t('inbox.contact.label')}>
          {view && <ContactPanel view={view} onOpen={open} onClose={() => setDrawer(false)} />}
        </Drawer.Content>
      </Drawer.Root>
      {menu && (
        <PointMenu at={menu.at} label={t('inbox.list.actions', { name: menu.row.title })} onClose={() => setMenu(null)}>
          <RowMenuItems row={menu.row} actions={actions} />
        </PointMenu>
      )}
    </div>
  );
}

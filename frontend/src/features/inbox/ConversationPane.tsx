import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { Button } from '@mantine/core';
import { Upload } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useCall } from '@/shared/api/rpc';
import type { ConversationView, FileView, MessageView } from '@/shared/api/schema.gen';
import { useChannel } from '@/shared/channels/channels';
import { useErrorText } from '@/shared/lib/useErrorText';
import { complain } from '@/shared/ui/complain';
import { Dialog } from '@/shared/ui/Dialog';
import { Icon } from '@/shared/ui/Icon';
import type { Point } from '@/shared/ui/PointMenu';
import { Composer } from './composer/Composer';
import { useAttachments } from './composer/useAttachments';
import { useDraft } from './composer/useDraft';
import { notYetIn, settle, useOutgoing } from './outgoing';
import { isPicture } from './thread/Files';
import { Lightbox } from './thread/Lightbox';
import { MessageMenu } from './thread/MessageMenu';
import { Thread } from './thread/Thread';
import { ThreadSearch } from './thread/ThreadSearch';
import type { useThread } from './thread/useThread';
import s from './ConversationPane.module.css';

interface Props {
  view: ConversationView;
  thread: ReturnType<typeof useThread>;
  stretch: NonNullable<ReturnType<typeof useThread>['stretch']>;
  /** A message named by the address, until it has been reached. */
  target: number | undefined;
  onReached: () => void;
  searching: boolean;
  onSearchEnd: () => void;
}

/** An open conversation under its head: messages, composer, and what floats above them. */
export function ConversationPane({ view, thread, stretch, target, onReached, searching, onSearchEnd }: Props) {
  const { t } = useTranslation();
  const call = useCall();
  const errorText = useErrorText();
  const capabilities = useChannel(view.row.channel)?.info.capabilities;
  const draft = useDraft(view);
  const attachments = useAttachments(view.row.id, capabilities);
  const outgoing = useOutgoing(view.row.id);
  const [menu, setMenu] = useState<{ at: Point; message: MessageView } | null>(null);
  const [look, setLook] = useState<FileView | null>(null);
  const [editing, setEditing] = useState<MessageView | null>(null);
  const [deleting, setDeleting] = useState<MessageView | null>(null);
  const [found, setFound] = useState<number | null>(null);
  const [startAt, setStartAt] = useState<number | null>(null);
  const [dragging, setDragging] = useState(false);
  const { items, moreBefore, moreAfter } = stretch;
  const { jump: load, epoch } = thread;

  const messages = useMemo(() => (moreAfter ? items : [...items, ...notYetIn(outgoing, items)]), [items, outgoing, moreAfter]);
  useEffect(() => settle(items), [items]);

  const known = useRef(items);
  useEffect(() => {
    known.current = items;
  });
  const jump = useCallback(
    (to: number | 'newest') => {
      if (to !== 'newest' && known.current.some((message) => message.id === to)) {
        setFound(null);
        requestAnimationFrame(() => setFound(to));
        return;
      }
      setStartAt(to === 'newest' ? null : to);
      setFound(to === 'newest' ? null : to);
      load(to).catch((cause: unknown) => complain(errorText(cause)));
    },
    [load, errorText],
  );

  useEffect(() => {
    if (target === undefined) return;
    jump(target);
    onReached();
  }, [target, jump, onReached]);
  useEffect(() => {
    if (found === null) return;
    const timer = setTimeout(() => setFound(null), 1700);
    return () => clearTimeout(timer);
  }, [found]);

  const setReply = draft.setReply;
  const onReply = useCallback(
    (message: MessageView) => {
      setEditing(null);
      setReply(message.id);
    },
    [setReply],
  );
  const onMenu = useCallback((message: MessageView, at: Point) => setMenu({ message, at }), []);
  const quoted = messages.find((message) => message.id === draft.replyTo);
  const pictures = useMemo(
    () =>
      items.flatMap((message) => message.files.filter((file) => isPicture(file) && file.state === 'local' && file.kind !== 'animation')),
    [items],
  );
  const canWrite = view.reachability === 'open' && view.row.account_id !== null;

  const onSent = () => {
    if (moreAfter) jump('newest');
  };
  const remove = (message: MessageView) => {
    setDeleting(null);
    call('messages.delete', { message_id: message.id }).catch((cause: unknown) => complain(errorText(cause)));
  };
  const onDrag = (event: React.DragEvent) => {
    if (!canWrite || !event.dataTransfer.types.includes('Files')) return;
    event.preventDefault();
    setDragging(event.type === 'dragover');
    if (event.type === 'drop') attachments.add(event.dataTransfer.files);
  };

  return (
    <div
      className={s.pane}
      onDragOver={onDrag}
      onDrop={onDrag}
      onDragLeave={(e) => {
        if (!e.currentTarget.contains(e.relatedTarget as Node | null)) setDragging(false);
      }}
    >
      {searching && <ThreadSearch conversation={view.row.id} onJump={jump} onClose={onSearchEnd} />}
      {messages.length === 0 && !moreBefore ? (
        <div className={s.nothing}>
          <b>{t('inbox.thread.empty')}</b>
          {t('inbox.thread.emptyHint')}
        </div>
      ) : (
        <Thread
          key={epoch}
          view={view}
          messages={messages}
          moreBefore={moreBefore}
          moreAfter={moreAfter}
          startAt={startAt}
          found={found}
          onOlder={thread.older}
          onNewer={thread.newer}
          onJump={jump}
          onLook={setLook}
          onReply={onReply}
          onMenu={onMenu}
        />
      )}
      {canWrite ? (
        <Composer
          view={view}
          draft={draft}
          attachments={attachments}
          quoted={quoted}
          editing={editing}
          onEdit={setEditing}
          onJump={jump}
          onSent={onSent}
          onEditLast={() => setEditing(items.findLast((message) => message.direction === 'out' && message.can_edit) ?? null)}
        />
      ) : (
        <div className={s.closed} role="note">
          {t(view.row.account_id === null ? 'inbox.composer.accountGone' : 'inbox.composer.blocked')}
        </div>
      )}
      {dragging && (
        <div className={s.drop}>
          <Icon of={Upload} size={26} />
          {t('inbox.composer.drop')}
        </div>
      )}
      {menu && (
        <MessageMenu
          at={menu.at}
          message={menu.message}
          canReply={canWrite && (capabilities?.replies ?? false)}
          onClose={() => setMenu(null)}
          onReply={onReply}
          onEdit={setEditing}
          onDelete={setDeleting}
        />
      )}
      {look && (
        <Lightbox
          files={pictures.some((file) => file.id === look.id) ? pictures : [look]}
          file={look}
          onFile={setLook}
          onClose={() => setLook(null)}
        />
      )}
      <Dialog
        title={t('inbox.message.deleteTitle')}
        width={420}
        opened={deleting !== null}
        onClose={() => setDeleting(null)}
        closeLabel={t('act.close')}
        footer={
          <>
            <Button variant="default" onClick={() => setDeleting(null)}>
              {t('act.cancel')}
            </Button>
            <Button color="red" data-autofocus onClick={() => deleting && remove(deleting)}>
              {t('act.delete')}
            </Button>
          </>
        }
      >
        {t('inbox.message.deleteText')}
      </Dialog>
    </div>
  );
}

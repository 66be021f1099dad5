import { useCallback, useEffect, useRef, useState } from 'react';
import { Textarea } from '@mantine/core';
import { useTypedHint } from './useTypedHint';
import { Paperclip, SendHorizontal, Zap } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useBoot, useSaveSettings } from '@/shared/api/boot';
import { useCall } from '@/shared/api/rpc';
import type { ConversationView, MessageView, QuickReplyView } from '@/shared/api/schema.gen';
import { useChannel } from '@/shared/channels/channels';
import { useHost } from '@/shared/host';
import { keysLabel } from '@/shared/lib/hotkeys';
import { useErrorText } from '@/shared/lib/useErrorText';
import { ChannelMark } from '@/shared/ui/ChannelMark';
import { complain } from '@/shared/ui/complain';
import { Icon } from '@/shared/ui/Icon';
import { Key, Tool } from '@/shared/ui/bits';
import { send, type OutgoingFile } from '../outgoing';
import { quoteOf } from '../quoteOf';
import { AttachmentTray } from './AttachmentTray';
import { EmojiButton } from './EmojiButton';
import { QUICK_LIST, QuickReplies, quickOption } from './quick/QuickReplies';
import { useQuickInsert } from './quick/useQuickInsert';
import { useQuickReplies } from './quick/useQuickReplies';
import { ReplyBar } from './ReplyBar';
import { attached, type useAttachments } from './useAttachments';
import type { useDraft } from './useDraft';
import s from './Composer.module.css';

interface Props {
  view: ConversationView;
  draft: ReturnType<typeof useDraft>;
  attachments: ReturnType<typeof useAttachments>;
  /** The quoted message, once it is known. */
  quoted: MessageView | undefined;
  editing: MessageView | null;
  onEdit: (message: MessageView | null) => void;
  /** ↑ in an empty field. */
  onEditLast: () => void;
  onJump: (message: number) => void;
  onSent: () => void;
}

/** One box: text above, one line of tools below. Send is the only filled thing in the thread. */
export function Composer({ view, draft, attachments, quoted, editing, onEdit, onEditLast, onJump, onSent }: Props) {
  const { t } = useTranslation();
  const call = useCall();
  const host = useHost();
  const mac = host.platform === 'mac';
  const boot = useBoot();
  const saveSettings = useSaveSettings();
  const errorText = useErrorText();
  const channel = useChannel(view.row.channel);
  const field = useRef<HTMLTextAreaElement>(null);
  const picker = useRef<HTMLInputElement>(null);
  const [edited, setEdited] = useState('');
  const [caret, setCaret] = useState(0);
  const hint = useTypedHint(view.row.id);
  const enterSends = boot?.settings.enter_sends ?? true;
  const { files } = attachments;
  const text = editing ? edited : draft.text;
  const limit = files.length ? channel?.info.capabilities.caption_limit : channel?.info.capabilities.text_limit;
  const ready = editing ? edited.trim().length > 0 : text.trim().length > 0 || files.some((file) => !file.failed);

  useEffect(() => {
    if (editing) setEdited(editing.text);
    field.current?.focus();
  }, [editing]);
  useEffect(() => {
    if (draft.replyTo !== null || files.length > 0) field.current?.focus();
  }, [draft.replyTo, files.length]);

  const setText = (value: string) => {
    if (editing) {
      setEdited(value);
      return;
    }
    draft.setText(value);
    if (value) hint();
  };

  const insert = useCallback((piece: string) => {
    const input = field.current;
    if (!input) return;
    input.focus();
    // Through the field itself, so that Ctrl+Z knows about it.
    if (!document.execCommand('insertText', false, piece)) input.setRangeText(piece, input.selectionStart, input.selectionEnd, 'end');
  }, []);

  const sendNow = (words: string, more: OutgoingFile[] = []) => {
    send(call, {
      conversation: view.row.id,
      text: words.trim(),
      files: [...attachments.take(), ...more],
      replyTo: quoted ? quoteOf(quoted) : null,
      author: boot?.profile.name ?? null,
    });
    draft.clear();
    onSent();
  };

  const submit = () => {
    if (!ready) return;
    if (editing) {
      const message = editing;
      onEdit(null);
      if (edited.trim() === message.text) return;
      call('messages.edit', { message_id: message.id, text: edited.trim() }).catch((cause: unknown) => complain(errorText(cause)));
      return;
    }
    sendNow(text);
  };

  const quick = useQuickReplies(draft.text, caret, editing !== null);
  const quickly = useQuickInsert({
    conversation: view.row.id,
    field,
    text: draft.text,
    caret,
    setText: draft.setText,
    addFiles: attachments.addUploaded,
  });
  const sendFilled = async (reply: QuickReplyView, from: number) => {
    const filled = await quickly.ask(reply);
    if (!filled) return;
    // Nothing goes out with a hole in it.
    if (filled.unresolved.length > 0) quickly.put(filled, from);
    else sendNow(text.slice(0, from) + filled.text + text.slice(caret), filled.uploads.map(attached));
  };
  /** Keys that belong to the list while it is open. */
  const onQuickKey = (event: React.KeyboardEvent): boolean => {
    if (!quick) return false;
    const reply = quick.found[quick.at];
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined && reply) quick.choose((quick.at + step + quick.found.length) % quick.found.length);
    else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && reply) void sendFilled(reply, quick.from);
    else if ((event.key === 'Enter' || event.key === 'Tab') && !event.shiftKey && reply) void quickly.insert(reply, quick.from);
    else if (event.key === 'Escape') quick.close();
    else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  };

  const onKeyDown = (event: React.KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.nativeEvent.isComposing || onQuickKey(event)) return;
    const mod = event.ctrlKey || event.metaKey;
    if (event.key === 'Enter' && !event.shiftKey && !event.altKey && mod !== enterSends) {
      event.preventDefault();
      submit();
    } else if (event.key === 'Enter' && mod && enterSends) {
      event.preventDefault();
      insert('\n');
    } else if (event.key === 'Escape' && (editing || draft.replyTo !== null)) {
      event.stopPropagation();
      if (editing) onEdit(null);
      else draft.setReply(null);
    } else if (event.key === 'ArrowUp' && !text && !editing) {
      event.preventDefault();
      onEditLast();
    }
  };

  return (
    <footer className={s.foot}>
      <div className={s.column}>
        {quick && (
          <QuickReplies list={quick} conversation={view.row.id} mac={mac} onInsert={(reply) => void quickly.insert(reply, quick.from)} />
        )}
        <div className={s.box}>
          {editing && <ReplyBar kind="edit" message={editing} peer={view.row.title} onJump={onJump} onClose={() => onEdit(null)} />}
          {!editing && draft.replyTo !== null && (
            <ReplyBar kind="reply" message={quoted} peer={view.row.title} onJump={onJump} onClose={() => draft.setReply(null)} />
          )}
          {!editing && files.length > 0 && (
            <AttachmentTray files={files} onRemove={attachments.remove} onToggle={attachments.toggleDocument} />
          )}
          <Textarea
            ref={field}
            variant="unstyled"
            autosize
            minRows={1}
            maxRows={14}
            value={text}
            onChange={(event) => {
              setText(event.currentTarget.value);
              setCaret(event.currentTarget.selectionStart);
            }}
            onSelect={(event) => setCaret(event.currentTarget.selectionStart)}
            aria-haspopup="listbox"
            aria-autocomplete="list"
            aria-controls={quick ? QUICK_LIST : undefined}
            aria-activedescendant={quick?.found[quick.at] ? quickOption(quick.found[quick.at]?.id ?? 0) : undefined}
            onKeyDown={onKeyDown}
            placeholder={t(files.length ? 'inbox.composer.caption' : 'inbox.composer.placeholder')}
            aria-label={t('inbox.composer.label')}
            classNames={{ input: s.input }}
            data-composer
            onPaste={(event) => {
              if (event.clipboardData.files.length > 0 && !editing) {
                event.preventDefault();
                attachments.add(event.clipboardData.files);
              }
            }}
          />
          <div className={s.bar}>
            {!editing && (
              <Tool label={t('inbox.composer.attach')} onClick={() => picker.current?.click()}>
                <Icon of={Paperclip} />
              </Tool>
            )}
            <input
              ref={picker}
              type="file"
              multiple
              hidden
              onChange={(event) => {
                attachments.add(event.currentTarget.files ?? []);
                event.currentTarget.value = '';
              }}
            />
            <EmojiButton onPick={insert} />
            {!editing && (
              <Tool label={t('quick.title')} keys="/" onClick={() => insert(/(^|\s)$/.test(text.slice(0, caret)) ? '/' : ' /')}>
                <Icon of={Zap} />
              </Tool>
            )}
            {channel && (
              <span className={s.channel} title={t('inbox.composer.through')}>
                <ChannelMark mark={channel.mark} size={15} />
                <span className="cut">{view.account_name ?? channel.name}</span>
              </span>
            )}
            <span className={s.push} />
            {limit !== undefined && text.length > limit * 0.9 && (
              <span className={s.limit} data-over={text.length > limit || undefined}>
                {text.length > limit ? t('inbox.composer.split', { count: Math.ceil(text.length / limit) }) : limit - text.length}
              </span>
            )}
            <button
              type="button"
              className={s.hint}
              title={t('inbox.composer.switchKeys')}
              onClick={() => void saveSettings({ enter_sends: !enterSends }).catch((cause: unknown) => complain(errorText(cause)))}
            >
              <Key>{keysLabel(enterSends ? 'enter' : 'mod+enter', mac)}</Key>
            </button>
            <button
              type="button"
              className={s.send}
              aria-label={t(editing ? 'act.save' : 'inbox.composer.send')}
              disabled={!ready}
              onClick={submit}
            >
              <Icon of={SendHorizontal} size={16} />
            </button>
          </div>
        </div>
      </div>
    </footer>
  );
}

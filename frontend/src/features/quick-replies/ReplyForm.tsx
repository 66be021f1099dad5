import { useEffect, useRef, useState } from 'react';
import { Button, SegmentedControl, Select, Textarea, TextInput } from '@mantine/core';
import { Trash2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { QuickReplyView, FolderView } from '@/shared/api/schema.gen';
import { useRpcMutation } from '@/shared/api/rpc';
import { textOf } from '@/shared/i18n';
import { useErrorText, useFieldErrors } from '@/shared/lib/useErrorText';
import { Confirm } from '@/shared/ui/Confirm';
import { Grid, Note } from '@/shared/ui/Form';
import { Icon } from '@/shared/ui/Icon';
import { TemplateText } from '@/shared/ui/TemplateText';
import { draftOf, nameOf, nameProblem, saveOf, type ReplyDraft } from './draft';
import { ReplyFiles } from './ReplyFiles';
import { useUploads } from './useUploads';
import s from './QuickReplies.module.css';

interface Props {
  /** `null`: a new one. */
  reply: QuickReplyView | null;
  folders: FolderView[];
  /** What the text may hold. */
  placeholders: readonly string[];
  /** The others, whose names are taken. */
  names: readonly Pick<QuickReplyView, 'name' | 'shared'>[];
  onDirty: (dirty: boolean) => void;
  /** Saved under this id; `null`: gone. */
  onDone: (id: number | null) => void;
}

export function ReplyForm({ reply, folders, placeholders, names, onDirty, onDone }: Props) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const fieldErrors = useFieldErrors();
  const [before, setBefore] = useState(() => draftOf(reply));
  const [draft, setDraft] = useState(before);
  const [tried, setTried] = useState(false);
  const [asking, setAsking] = useState(false);
  const field = useRef<HTMLTextAreaElement>(null);
  const { uploads, add, remove, clear, ready } = useUploads();
  const dirty = JSON.stringify(draft) !== JSON.stringify(before) || uploads.length > 0;
  const save = useRpcMutation('quick_replies.save', {
    onSuccess: ({ id }) => {
      setBefore(draft);
      clear();
      tell.current(false);
      onDone(id);
    },
  });
  const drop = useRpcMutation('quick_replies.delete', {
    onSuccess: () => {
      tell.current(false);
      onDone(null);
    },
  });
  const tell = useRef(onDirty);
  useEffect(() => {
    tell.current = onDirty;
  });
  useEffect(() => tell.current(dirty), [dirty]);
  useEffect(() => () => tell.current(false), []);

  const told = save.error ? fieldErrors(save.error) : {};
  const ofName = nameProblem(draft, names);
  const empty = !draft.text.trim() && draft.files.length + uploads.length === 0;
  const change = (part: Partial<ReplyDraft>) => {
    setDraft((old) => ({ ...old, ...part }));
    if (save.error) save.reset();
  };
  const insert = (piece: string) => {
    const input = field.current;
    const at = input?.selectionStart ?? draft.text.length;
    change({ text: draft.text.slice(0, at) + piece + draft.text.slice(input?.selectionEnd ?? at) });
    requestAnimationFrame(() => {
      input?.focus();
      input?.setSelectionRange(at + piece.length, at + piece.length);
    });
  };
  const submit = async () => {
    setTried(true);
    if (ofName || empty) return;
    const ids = await ready();
    if (ids) save.mutate(saveOf(reply?.id ?? null, draft, ids));
  };

  return (
    <form
      className={s.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <div className={s.fields}>
        <Grid cols={2}>
          <TextInput
            data-autofocus
            autoFocus={reply === null}
            label={t('quick.form.name')}
            description={t('quick.form.nameHint')}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            leftSection="/"
            maxLength={60}
            value={draft.name}
            error={told['name'] ?? (tried && ofName ? t(ofName) : undefined)}
            onChange={(e) => change({ name: nameOf(e.currentTarget.value) })}
          />
          <Select
            label={t('quick.form.folder')}
            value={String(draft.folder_id ?? 0)}
            data={[{ value: '0', label: t('quick.noFolder') }, ...folders.map(({ id, name }) => ({ value: String(id), label: name }))]}
            onChange={(value) => change({ folder_id: Number(value) || null })}
          />
        </Grid>
        <Textarea
          ref={field}
          label={t('quick.form.text')}
          autosize
          minRows={4}
          maxRows={14}
          value={draft.text}
          error={told['text'] ?? (tried && empty ? t('quick.form.empty') : undefined)}
          onChange={(e) => change({ text: e.currentTarget.value })}
        />
        <div className={s.vars} role="group" aria-label={t('quick.form.placeholders')}>
          {placeholders.map((key) => (
            <button key={key} type="button" title={`{${key}}`} onClick={() => insert(`{${key}}`)}>
              {textOf(`placeholder.${key}`, {}, key)}
            </button>
          ))}
        </div>
        <p className={s.hint}>{t('quick.form.fallbackHint')}</p>
        {draft.text.trim() && (
          <div className={s.preview}>
            <h3>{t('quick.form.preview')}</h3>
            <div className={s.sample}>
              <TemplateText text={draft.text.trim()} />
            </div>
          </div>
        )}
        <ReplyFiles
          files={draft.files}
          uploads={uploads}
          onAdd={add}
          onRemoveUpload={remove}
          onRemove={(position) => change({ files: draft.files.filter((file) => file.position !== position) })}
        />
        <SegmentedControl
          aria-label={t('quick.form.whose')}
          className={s.whose ?? ''}
          value={draft.shared ? 'shared' : 'personal'}
          onChange={(value) => change({ shared: value === 'shared' })}
          data={[
            { value: 'shared', label: t('quick.shared') },
            { value: 'personal', label: t('quick.personal') },
          ]}
        />
        {save.error && Object.keys(told).length === 0 && <Note tone="bad">{errorText(save.error)}</Note>}
      </div>
      <footer className={s.foot}>
        {reply && (
          <Button variant="subtle" className={s.delete ?? ''} leftSection={<Icon of={Trash2} size={15} />} onClick={() => setAsking(true)}>
            {t('act.delete')}
          </Button>
        )}
        <span>{dirty ? t('form.notSaved') : reply ? t('quick.form.used', { count: reply.used }) : ''}</span>
        <Button type="submit" disabled={!dirty} loading={save.isPending || uploads.some((file) => file.progress < 1 && !file.failed)}>
          {t('act.save')}
        </Button>
      </footer>
      <Confirm
        title={t('quick.deleteTitle', { name: reply?.name ?? '' })}
        opened={asking}
        busy={drop.isPending}
        onClose={() => setAsking(false)}
        onConfirm={() => reply && drop.mutate({ id: reply.id })}
      >
        {t('quick.deleteText')}
        {drop.error && <Note tone="bad">{errorText(drop.error)}</Note>}
      </Confirm>
    </form>
  );
}

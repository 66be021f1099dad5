import { useState } from 'react';
import { Button, Textarea } from '@mantine/core';
import { Trash2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useCall } from '@/shared/api/rpc';
import type { ContactView } from '@/shared/api/schema.gen';
import { useFormat } from '@/shared/lib/format';
import { useErrorText } from '@/shared/lib/useErrorText';
import { complain } from '@/shared/ui/complain';
import { Icon } from '@/shared/ui/Icon';
import { Block } from './Block';
import s from './ContactPanel.module.css';

/** Notes for ourselves: they never leave the house. */
export function Notes({ contact }: { contact: ContactView }) {
  const { t } = useTranslation();
  const format = useFormat();
  const call = useCall();
  const text = useErrorText();
  const [typed, setTyped] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);

  const add = async () => {
    if (!typed?.trim()) return;
    setBusy(true);
    try {
      await call('contacts.add_note', { contact_id: contact.id, text: typed.trim() });
      setTyped(null);
    } catch (cause) {
      complain(text(cause));
    } finally {
      setBusy(false);
    }
  };
  const remove = (id: number) => void call('contacts.delete_note', { note_id: id }).catch((cause: unknown) => complain(text(cause)));

  return (
    <Block title={t('inbox.contact.notes')} add={t('inbox.contact.addNote')} onAdd={() => setTyped('')}>
      {typed !== null && (
        <div className={s.adding}>
          <Textarea
            autoFocus
            autosize
            minRows={2}
            maxRows={8}
            maxLength={4000}
            value={typed}
            placeholder={t('inbox.contact.noteHint')}
            aria-label={t('inbox.contact.addNote')}
            onChange={(e) => setTyped(e.currentTarget.value)}
            onKeyDown={(e) => {
              if (e.key === 'Enter' && (e.ctrlKey || e.metaKey)) void add();
              if (e.key === 'Escape') {
                e.stopPropagation();
                setTyped(null);
              }
            }}
          />
          <div className={s.buttons}>
            <Button variant="default" onClick={() => setTyped(null)}>
              {t('act.cancel')}
            </Button>
            <Button loading={busy} disabled={!typed.trim()} onClick={() => void add()}>
              {t('act.save')}
            </Button>
          </div>
        </div>
      )}
      {contact.notes.map((note) => (
        <div key={note.id} className={s.note}>
          <p>{note.text}</p>
          <small>
            {`${note.author}, ${format.stamp(note.at)}`}
            <button
              type="button"
              aria-label={t('inbox.contact.deleteNote')}
              title={t('inbox.contact.deleteNote')}
              onClick={() => remove(note.id)}
            >
              <Icon of={Trash2} size={13} />
            </button>
          </small>
        </div>
      ))}
      {contact.notes.length === 0 && typed === null && <p className={s.empty}>{t('inbox.contact.noNotes')}</p>}
    </Block>
  );
}

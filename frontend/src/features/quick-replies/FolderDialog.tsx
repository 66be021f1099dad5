import { useState } from 'react';
import { Button, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { FolderView } from '@/shared/api/schema.gen';
import { useRpcMutation } from '@/shared/api/rpc';
import { useErrorText } from '@/shared/lib/useErrorText';
import { Dialog } from '@/shared/ui/Dialog';
import { DangerButton, Note } from '@/shared/ui/Form';

export type FolderQuestion = { ask: 'save'; folder: FolderView | null } | { ask: 'delete'; folder: FolderView; count: number };

/** A folder's name, or whether it may go. */
export function FolderDialog({ question, onClose }: { question: FolderQuestion; onClose: () => void }) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const { folder } = question;
  const [name, setName] = useState(folder?.name ?? '');
  const save = useRpcMutation('quick_reply_folders.save', { onSuccess: onClose });
  const remove = useRpcMutation('quick_reply_folders.delete', { onSuccess: onClose });
  const error = save.error ?? remove.error;
  const submit = () => name.trim() && save.mutate({ ...(folder ? { id: folder.id } : {}), name: name.trim() });

  return (
    <Dialog
      title={
        question.ask === 'delete'
          ? t('quick.deleteFolderTitle', { name: question.folder.name })
          : t(folder ? 'quick.renameFolder' : 'quick.newFolder')
      }
      width={440}
      opened
      onClose={onClose}
      closeLabel={t('act.close')}
      footer={
        <>
          <Button variant="default" onClick={onClose}>
            {t('act.cancel')}
          </Button>
          {question.ask === 'delete' ? (
            <DangerButton loading={remove.isPending} onClick={() => remove.mutate({ id: question.folder.id })}>
              {t('act.delete')}
            </DangerButton>
          ) : (
            <Button loading={save.isPending} disabled={!name.trim()} onClick={submit}>
              {t('act.save')}
            </Button>
          )}
        </>
      }
    >
      {question.ask === 'delete' ? (
        t('quick.deleteFolderText', { count: question.count })
      ) : (
        <TextInput
          data-autofocus
          label={t('quick.folderName')}
          maxLength={60}
          value={name}
          onChange={(e) => setName(e.currentTarget.value)}
          onKeyDown={(e) => e.key === 'Enter' && submit()}
        />
      )}
      {error && <Note tone="bad">{errorText(error)}</Note>}
    </Dialog>
  );
}

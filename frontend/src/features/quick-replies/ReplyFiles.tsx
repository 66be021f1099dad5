import { useRef } from 'react';
import { Button } from '@mantine/core';
import { FileText, Paperclip, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { QuickReplyFileView } from '@/shared/api/schema.gen';
import { useFormat } from '@/shared/lib/format';
import { Icon } from '@/shared/ui/Icon';
import type { Uploading } from './useUploads';
import s from './QuickReplies.module.css';

interface Props {
  files: readonly QuickReplyFileView[];
  uploads: readonly Uploading[];
  onAdd: (files: Iterable<File>) => void;
  onRemove: (position: number) => void;
  onRemoveUpload: (id: number) => void;
}

/** What goes along with the text. */
export function ReplyFiles({ files, uploads, onAdd, onRemove, onRemoveUpload }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const picker = useRef<HTMLInputElement>(null);
  const lines = [
    ...files.map((file) => ({
      key: `f${file.position}`,
      name: file.name,
      note: format.size(file.size),
      bad: false,
      drop: () => onRemove(file.position),
    })),
    ...uploads.map((file) => ({
      key: `u${file.id}`,
      name: file.name,
      note: file.failed ? t('quick.form.uploadFailed') : file.progress < 1 ? t('quick.form.uploading') : format.size(file.size),
      bad: file.failed,
      drop: () => onRemoveUpload(file.id),
    })),
  ];
  return (
    <div>
      <div className={s.label}>{t('quick.form.files')}</div>
      {lines.length > 0 && (
        <ul className={s.files}>
          {lines.map(({ key, name, note, bad, drop }) => (
            <li key={key} data-bad={bad || undefined}>
              <Icon of={FileText} size={16} />
              <span className="cut" title={name}>
                {name}
              </span>
              <small>{note}</small>
              <button type="button" aria-label={t('quick.form.removeFile', { name })} onClick={drop}>
                <Icon of={X} size={14} />
              </button>
            </li>
          ))}
        </ul>
      )}
      <Button variant="default" size="compact-sm" leftSection={<Icon of={Paperclip} size={14} />} onClick={() => picker.current?.click()}>
        {t('quick.form.addFile')}
      </Button>
      <input
        ref={picker}
        type="file"
        multiple
        hidden
        aria-label={t('quick.form.addFile')}
        onChange={(event) => {
          onAdd(event.currentTarget.files ?? []);
          event.currentTarget.value = '';
        }}
      />
    </div>
  );
}

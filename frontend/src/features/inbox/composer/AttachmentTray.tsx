import { FileText, Film, Music, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '@/shared/lib/format';
import { Icon } from '@/shared/ui/Icon';
import type { Attached } from './useAttachments';
import s from './AttachmentTray.module.css';

const icons = { video: Film, audio: Music, voice: Music } as const;

interface Props {
  files: Attached[];
  onRemove: (id: number) => void;
  onToggle: (id: number) => void;
}

/** What goes along with the message: previews, progress, the way out. */
export function AttachmentTray({ files, onRemove, onToggle }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <ul className={s.tray} aria-label={t('inbox.composer.files')}>
      {files.map((file) => {
        const picture = (file.kind === 'image' || file.kind === 'animation') && file.as !== 'document' && file.url !== '';
        const said =
          file.over !== null
            ? t('inbox.composer.tooBig', { limit: format.size(file.over) })
            : file.failed
              ? t('inbox.composer.uploadFailed')
              : format.size(file.size);
        return (
          <li key={file.id} data-bad={file.failed || undefined}>
            {picture ? (
              <img src={file.url} alt="" />
            ) : (
              <span className={s.icon}>
                <Icon of={icons[file.kind as 'video'] ?? FileText} size={18} />
              </span>
            )}
            <span className={s.facts}>
              <span className="cut" title={file.name}>
                {file.name}
              </span>
              <small>{said}</small>
              {file.kind === 'image' && !file.failed && (
                <button type="button" className={s.as} onClick={() => onToggle(file.id)}>
                  {t(file.as === 'document' ? 'inbox.composer.asPicture' : 'inbox.composer.asFile')}
                </button>
              )}
            </span>
            <button
              type="button"
              className={s.remove}
              aria-label={t('inbox.composer.remove', { name: file.name })}
              onClick={() => onRemove(file.id)}
            >
              <Icon of={X} size={14} />
            </button>
            {!file.failed && file.progress < 1 && (
              <progress value={file.progress} max={1} aria-label={t('inbox.composer.uploading', { name: file.name })} />
            )}
          </li>
        );
      })}
    </ul>
  );
}

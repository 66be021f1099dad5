import { useEffect } from 'react';
import { Modal } from '@mantine/core';
import { ChevronLeft, ChevronRight, Download, ExternalLink, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { FileView } from '@/shared/api/schema.gen';
import { useHost } from '@/shared/host';
import { Icon } from '@/shared/ui/Icon';
import { useFileUrl } from './useFileUrl';
import s from './Lightbox.module.css';

interface Props {
  files: FileView[];
  file: FileView;
  onFile: (file: FileView) => void;
  onClose: () => void;
}

/** A picture or video over the whole window; the arrows go through those of the conversation. */
export function Lightbox({ files, file, onFile, onClose }: Props) {
  const { t } = useTranslation();
  const host = useHost();
  const url = useFileUrl();
  const at = files.findIndex((one) => one.id === file.id);
  const [before, after] = [files[at - 1], files[at + 1]];

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const to = event.key === 'ArrowLeft' ? before : event.key === 'ArrowRight' ? after : undefined;
      if (to) onFile(to);
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [before, after, onFile]);

  const button = (label: string, icon: typeof X, run: () => void) => (
    <button type="button" aria-label={label} title={label} onClick={run}>
      <Icon of={icon} size={19} />
    </button>
  );
  return (
    <Modal.Root opened fullScreen onClose={onClose} transitionProps={{ duration: 0 }}>
      <Modal.Content className={s.content} aria-label={file.name}>
        <header className={s.bar}>
          <span className="cut">{file.name}</span>
          {files.length > 1 && <small className="num">{t('inbox.look.of', { n: at + 1, all: files.length })}</small>}
          <i />
          {file.id > 0 && button(t('act.save'), Download, () => void host.saveFile(file.id, file.name))}
          {file.id > 0 && button(t('inbox.look.external'), ExternalLink, () => void host.openFile(file.id, file.name))}
          {button(t('act.close'), X, onClose)}
        </header>
        <div className={s.stage} role="presentation" onClick={(e) => e.target === e.currentTarget && onClose()}>
          {file.kind === 'image' ? (
            <img src={url(file)} alt={file.name} />
          ) : (
            <video key={file.id} src={url(file)} controls autoPlay playsInline />
          )}
        </div>
        {before && (
          <button type="button" className={s.side} data-left aria-label={t('inbox.look.before')} onClick={() => onFile(before)}>
            <Icon of={ChevronLeft} size={26} />
          </button>
        )}
        {after && (
          <button type="button" className={s.side} aria-label={t('inbox.look.after')} onClick={() => onFile(after)}>
            <Icon of={ChevronRight} size={26} />
          </button>
        )}
      </Modal.Content>
    </Modal.Root>
  );
}

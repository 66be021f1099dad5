import { Download, FileText, Play, RotateCw } from 'lucide-react';
import { useCall } from '@/shared/api/rpc';
import type { FileView } from '@/shared/api/schema.gen';
import { useReasonText } from '@/shared/channels/useReasonText';
import { useHost } from '@/shared/host';
import { useFormat, useT } from '@/shared/lib/words';
import { Icon } from '@/shared/ui/Icon';
import { OutLink } from '@/shared/ui/OutLink';
import { Tool } from '@/shared/ui/bits';
import { boxOf, type Box } from './boxOf';
import { useFileUrl } from './useFileUrl';
import { Voice } from './Voice';
import s from './Files.module.css';

interface Props {
  file: FileView;
  onLook: (file: FileView) => void;
}

export const isPicture = (file: FileView): boolean =>
  file.kind === 'image' || file.kind === 'video' || file.kind === 'animation' || file.kind === 'video_note';

/** A file as the thread shows it. Its place is taken before its bytes arrive, so nothing jumps. */
export function FileBox({ file, onLook }: Props) {
  const url = useFileUrl();
  if (file.state !== 'local')
    return isPicture(file) || file.kind === 'sticker' ? <Missing file={file} box={boxOf(file)} /> : <Document file={file} />;
  switch (file.kind) {
    case 'image':
    case 'video':
    case 'animation':
    case 'video_note':
      return <Picture file={file} onLook={onLook} />;
    case 'voice':
    case 'audio':
      return <Voice file={file} url={url(file)} />;
    case 'sticker':
      return <Sticker file={file} />;
    case 'document':
      return <Document file={file} />;
  }
}

const sized = ({ width, height }: Box) => ({ width: `${width / 16}rem`, aspectRatio: `${width} / ${height}` });

function Picture({ file, onLook }: Props) {
  const t = useT();
  const format = useFormat();
  const url = useFileUrl();
  const box = boxOf(file);
  const shape = file.kind === 'video_note' ? s.round : s.picture;
  if (file.kind === 'animation')
    return (
      <video
        className={s.picture}
        style={sized(box)}
        src={url(file)}
        autoPlay={!matchMedia('(prefers-reduced-motion: reduce)').matches}
        loop
        muted
        playsInline
        controls={false}
        aria-label={t('inbox.preview.animation')}
      />
    );
  return (
    <button type="button" className={shape} style={sized(box)} aria-label={t(`inbox.preview.${file.kind}`)} onClick={() => onLook(file)}>
      {file.kind === 'image' ? (
        <img src={url(file)} alt="" loading="lazy" decoding="async" draggable={false} />
      ) : (
        <>
          <video src={`${url(file)}#t=0.1`} preload="metadata" muted playsInline tabIndex={-1} />
          <span className={s.play}>
            <Icon of={Play} size={20} fill="currentColor" />
          </span>
        </>
      )}
      {file.kind !== 'image' && file.duration_ms !== null && <small className={s.length}>{format.duration(file.duration_ms)}</small>}
    </button>
  );
}

function Sticker({ file }: { file: FileView }) {
  const t = useT();
  const url = useFileUrl();
  if (file.mime?.startsWith('video/'))
    return <video className={s.sticker} src={url(file)} autoPlay loop muted playsInline aria-label={t('inbox.preview.sticker')} />;
  if (file.mime && !file.mime.startsWith('image/')) return <Document file={file} />;
  return <img className={s.sticker} src={url(file)} alt={t('inbox.preview.sticker')} draggable={false} />;
}

/** A picture that is not here: on its way, failed, or only to be seen elsewhere. */
function Missing({ file, box }: { file: FileView; box: Box }) {
  const t = useT();
  return (
    <div className={s.missing} style={sized(box)} data-state={file.state}>
      <span>{t(`inbox.preview.${file.kind}`)}</span>
      <State file={file} />
    </div>
  );
}

/** Where the bytes are, and the way to them. */
function State({ file }: { file: FileView }) {
  const t = useT();
  const reason = useReasonText();
  const call = useCall();
  if (file.state === 'elsewhere') return file.link ? <OutLink to={file.link}>{t('inbox.file.elsewhere')}</OutLink> : null;
  if (file.state === 'remote') return <small>{t('inbox.file.remote')}</small>;
  return (
    <>
      <small className={s.bad}>{file.reason ? reason(file.reason) : t('inbox.file.failed')}</small>
      <button type="button" className={s.retry} onClick={() => void call('files.retry', { attachment_id: file.id }).catch(() => undefined)}>
        <Icon of={RotateCw} size={13} />
        {t('act.retry')}
      </button>
    </>
  );
}

const extension = (name: string): string | null => /\.([\p{L}\d]{1,5})$/u.exec(name)?.[1]?.toUpperCase() ?? null;

function Document({ file }: { file: FileView }) {
  const t = useT();
  const format = useFormat();
  const host = useHost();
  const here = file.state === 'local' && file.id > 0;
  const facts = [extension(file.name), file.size === null ? null : format.size(file.size)].filter(Boolean).join(' · ');
  return (
    <div className={s.doc}>
      <button
        type="button"
        className={s.docIcon}
        disabled={!here}
        aria-label={t('inbox.file.open', { name: file.name })}
        onClick={() => void host.openFile(file.id, file.name)}
      >
        <Icon of={FileText} size={19} />
      </button>
      <div>
        <div className="cut" title={file.name}>
          {file.name}
        </div>
        <small>{facts}</small>
        {file.state !== 'local' && (
          <div className={s.state}>
            <State file={file} />
          </div>
        )}
      </div>
      {here && (
        <Tool label={t('act.save')} onClick={() => void host.saveFile(file.id, file.name)}>
          <Icon of={Download} size={16} />
        </Tool>
      )}
    </div>
  );
}

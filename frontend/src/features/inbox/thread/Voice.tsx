import { Pause, Play } from 'lucide-react';
import type { FileView } from '@/shared/api/schema.gen';
import { useHost } from '@/shared/host';
import { useFormat, useT } from '@/shared/lib/words';
import { Icon } from '@/shared/ui/Icon';
import { nextRate, seek, toggle, usePlaying } from './player';
import s from './Voice.module.css';

const BARS = 36;

/** The loudness in as many bars as fit; a voice without one gets an even line. */
function bars(waveform: readonly number[]): number[] {
  if (waveform.length === 0) return Array.from({ length: BARS }, () => 4);
  return Array.from({ length: BARS }, (_, i) => {
    const from = Math.floor((i * waveform.length) / BARS);
    const part = waveform.slice(from, Math.max(from + 1, Math.floor(((i + 1) * waveform.length) / BARS)));
    return 3 + Math.round((Math.max(...part) / 31) * 17);
  });
}

/** A voice message or a piece of music: play, where it is, how fast. */
export function Voice({ file, url }: { file: FileView; url: string }) {
  const t = useT();
  const format = useFormat();
  const host = useHost();
  const playing = usePlaying(file.id);
  const whole = file.duration_ms ?? playing.duration;
  const part = whole > 0 ? Math.min(1, playing.position / whole) : 0;
  const wave = bars(file.waveform);
  const move = (to: number) => {
    if (playing.id === file.id) seek(Math.min(1, Math.max(0, to)), whole);
  };
  const heights = file.kind === 'voice' ? wave : null;

  return (
    <div className={s.voice}>
      <button
        type="button"
        className={s.play}
        data-on={playing.on || undefined}
        aria-label={playing.on ? t('inbox.voice.pause') : t('inbox.voice.play')}
        onClick={() => toggle(file.id, url)}
      >
        <Icon of={playing.on ? Pause : Play} size={16} fill="currentColor" />
      </button>
      <div className={s.body}>
        {file.kind === 'audio' && (
          <div className={`${s.name} cut`} title={file.name}>
            {file.name}
          </div>
        )}
        <div
          className={s.track}
          role="slider"
          tabIndex={0}
          aria-label={t('inbox.voice.position')}
          aria-valuemin={0}
          aria-valuemax={Math.round(whole / 1000)}
          aria-valuenow={Math.round(playing.position / 1000)}
          aria-valuetext={format.duration(playing.position)}
          onClick={(e) => {
            const box = e.currentTarget.getBoundingClientRect();
            move((e.clientX - box.left) / box.width);
          }}
          onKeyDown={(e) => {
            if (e.key === 'ArrowRight' || e.key === 'ArrowLeft') {
              e.preventDefault();
              move(part + (e.key === 'ArrowRight' ? 0.05 : -0.05));
            }
          }}
        >
          {heights ? (
            heights.map((h, i) => <i key={i} style={{ height: `${h / 16}rem` }} data-past={(i + 0.5) / BARS <= part || undefined} />)
          ) : (
            <b>
              <u style={{ width: `${part * 100}%` }} />
            </b>
          )}
        </div>
        <small className="num">
          {playing.id === file.id ? `${format.duration(playing.position)} / ${format.duration(whole)}` : format.duration(whole)}
        </small>
      </div>
      <button
        type="button"
        className={s.speed}
        aria-label={t('inbox.voice.speed', { rate: format.number(playing.rate) })}
        onClick={nextRate}
      >{`${format.number(playing.rate)}×`}</button>
      {file.kind === 'audio' && (
        <button type="button" className={s.speed} onClick={() => void host.saveFile(file.id, file.name)}>
          {t('act.save')}
        </button>
      )}
    </div>
  );
}

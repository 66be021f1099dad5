import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { StepView } from '@/shared/api/schema.gen';
import { useNow } from '@/shared/lib/useNow';
import { useFormat } from '@/shared/lib/format';
import { Chip } from '@/shared/ui/bits';
import { QrCode } from './QrCode';
import s from './ShowStep.module.css';
import step from './Step.module.css';

interface Props {
  show: Extract<StepView, { kind: 'show' }>;
  /** Grows with every new code. */
  turn: number;
  head: React.ReactNode;
  children: React.ReactNode;
}

/** A code for another device: QR at the left, what to do with it at the right. */
export function ShowStep({ show, turn, head, children }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useNow(500);
  const [since, setSince] = useState(() => Date.now());
  useEffect(() => setSince(Date.now()), [turn]);
  const left = Math.max(0, Math.ceil(show.refresh_secs - (now - since) / 1000));
  const share = show.refresh_secs > 0 ? Math.min(1, left / show.refresh_secs) : 0;

  return (
    <div className={s.body} data-alone={show.qr === null || undefined}>
      {show.qr !== null && (
        <div className={s.left}>
          <QrCode value={show.qr} label={t('connect.qr')} />
          <div className={s.timer}>
            <span>
              <i style={{ width: `${share * 100}%` }} />
            </span>
            {t('connect.qrRefresh', { n: left })}
          </div>
        </div>
      )}
      <div className={s.right}>
        {head}
        {show.code !== null && (
          <div className={s.code}>
            <span className={s.letters} role="img" aria-label={t('connect.code', { code: show.code })}>
              {[...show.code].map((letter, i) => (
                <span key={i} aria-hidden data-dash={/[\s-]/.test(letter) || undefined}>
                  {letter}
                </span>
              ))}
            </span>
            <Chip tone="info">{t('connect.codeValid', { time: format.duration(left * 1000) })}</Chip>
          </div>
        )}
        <div className={step.wait} role="status">
          <i className={step.spin} />
          {t('connect.waitDevice')}
        </div>
        {children}
      </div>
    </div>
  );
}

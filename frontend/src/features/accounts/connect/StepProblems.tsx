import { useState } from 'react';
import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ApiError } from '@/shared/api/errors';
import type { Connectable } from '@/shared/channels/channels';
import { Note } from '@/shared/ui/Form';
import type { Network } from '../network';
import { NetworkFields } from '../NetworkFields';
import type { StepErrors } from './useStepErrors';
import s from './Step.module.css';

interface Props {
  channel: Connectable;
  error: ApiError | null;
  errors: StepErrors;
  network: Network;
  onNetwork: (network: Network) => void;
  /** A form is shown: its own button goes on. */
  asks: boolean;
  /** The way to the network is not the one the login runs on. */
  changed: boolean;
  onAgain: () => void;
  onRestart: () => void;
}

/** What went wrong with the step as a whole, and how the network can be reached. */
export function StepProblems({ channel, error, errors, network, onNetwork, asks, changed, onAgain, onRestart }: Props) {
  const { t } = useTranslation();
  const [unfolded, setUnfolded] = useState(false);
  const wrong = Object.keys(errors.network).length > 0;
  const open = unfolded || wrong;
  const retry =
    error &&
    (error.code === 'refused' ? (
      <Button variant="default" size="compact-sm" onClick={onRestart}>
        {t('connect.restart')}
      </Button>
    ) : (
      !asks && (
        <Button variant="default" size="compact-sm" onClick={onAgain}>
          {t('act.retry')}
        </Button>
      )
    ));
  return (
    <>
      {errors.general && (
        <Note tone="bad" action={retry}>
          {errors.general}
          {asks && error && error.code !== 'refused' && error.code !== 'invalid' && ` ${t('connect.kept')}`}
        </Note>
      )}
      <div className={s.advanced}>
        <button type="button" className={s.fold} aria-expanded={open} onClick={() => setUnfolded(!open)}>
          {t('connect.blocked')} <b>{t('connect.setProxy')}</b>
        </button>
        {open && (
          <div className={s.box}>
            <NetworkFields channel={channel} value={network} errors={errors.network} onChange={onNetwork} />
            {!asks && (
              <Button variant="default" disabled={!changed} onClick={onRestart}>
                {t('connect.apply')}
              </Button>
            )}
          </div>
        )}
      </div>
    </>
  );
}

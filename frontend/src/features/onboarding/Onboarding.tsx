import { useState, type ReactNode } from 'react';
import { Button } from '@mantine/core';
import { Check, LockKeyhole } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useBoot } from '@/shared/api/boot';
import { useSaveOnboarding } from '@/shared/api/profile';
import { timeZonePlace } from '@/shared/lib/timeZones';
import { Icon } from '@/shared/ui/Icon';
import { DemoOffer } from './DemoOffer';
import { ProfileStep } from './ProfileStep';
import s from './Onboarding.module.css';

interface Props {
  /** The networks to choose from; the app puts them here. */
  networks: ReactNode;
}

/** The first start: who you are, then the first channel. Stands where conversations will be, so it can be left and found again. */
export function Onboarding({ networks }: Props) {
  const { t } = useTranslation();
  const boot = useBoot();
  const saveStep = useSaveOnboarding();
  const [editing, setEditing] = useState(false);
  if (!boot) return null;
  const { profile, onboarding } = boot;
  const atProfile = onboarding.step === 'profile' || editing;
  const finishProfile = () => {
    setEditing(false);
    if (onboarding.step === 'profile') void saveStep({ step: 'channels' });
  };

  return (
    <section className={s.main} aria-label={t('onboarding.steps')}>
      <div className={s.col}>
        <h1>{t('onboarding.title')}</h1>
        <p className={s.lead}>{t(onboarding.step === 'profile' ? 'onboarding.leadProfile' : 'onboarding.leadChannel')}</p>
        <ol className={s.steps}>
          <Step
            n={1}
            state={atProfile ? 'at' : 'done'}
            title={t('onboarding.profile')}
            note={atProfile ? t('onboarding.profileAsk') : [profile.name, timeZonePlace(profile.time_zone)].filter(Boolean).join(', ')}
            action={
              !atProfile && (
                <Button variant="subtle" size="compact-sm" onClick={() => setEditing(true)}>
                  {t('onboarding.edit')}
                </Button>
              )
            }
          >
            {atProfile && <ProfileStep profile={profile} onDone={finishProfile} />}
          </Step>
          <Step
            n={2}
            state={atProfile ? 'later' : 'at'}
            title={t('onboarding.channel')}
            note={t(atProfile ? 'onboarding.channelLater' : 'onboarding.channelAsk')}
          >
            {!atProfile && <div className={s.nets}>{networks}</div>}
          </Step>
        </ol>
        {!boot.workspace.demo && <DemoOffer />}
        <p className={s.safe}>
          <Icon of={LockKeyhole} size={14} />
          {t('onboarding.safe')}
        </p>
      </div>
    </section>
  );
}

interface StepProps {
  n: number;
  state: 'done' | 'at' | 'later';
  title: string;
  note: string;
  action?: ReactNode;
  children?: ReactNode;
}

function Step({ n, state, title, note, action, children }: StepProps) {
  return (
    <li data-done={state === 'done' || undefined} data-at={state === 'at' || undefined} aria-current={state === 'at' ? 'step' : undefined}>
      <i>{state === 'done' ? <Icon of={Check} size={14} stroke={2.5} /> : n}</i>
      <div>
        <div className={s.line}>
          <b>{title}</b>
          <span>{note}</span>
          {action}
        </div>
        {children}
      </div>
    </li>
  );
}

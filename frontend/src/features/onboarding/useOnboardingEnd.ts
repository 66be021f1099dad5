import { useEffect } from 'react';
import { useQuery } from '@tanstack/react-query';
import { accountsQuery } from '@/shared/api/accounts';
import { useBoot } from '@/shared/api/boot';
import { useSaveOnboarding } from '@/shared/api/profile';
import { useCall } from '@/shared/api/rpc';

/** The first start is over as soon as a channel is connected, by whichever way. */
export function useOnboardingEnd(): void {
  const step = useBoot()?.onboarding.step;
  const connected = (useQuery(accountsQuery(useCall())).data?.length ?? 0) > 0;
  const save = useSaveOnboarding();
  const over = step === 'channels' && connected;
  useEffect(() => {
    if (over) save({ step: 'done' }).catch(() => undefined);
    // eslint-disable-next-line react-hooks/exhaustive-deps -- once, when it is over
  }, [over]);
}

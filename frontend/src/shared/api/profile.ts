import { useQueryClient } from '@tanstack/react-query';
import { bootQuery } from './boot';
import { useCall } from './rpc';
import type { Boot, Onboarding, Profile } from './schema.gen';

function useSavePart<K extends 'profile' | 'onboarding'>(part: K, name: `${K}.save`): (value: Boot[K]) => Promise<void> {
  const call = useCall();
  const client = useQueryClient();
  const { queryKey } = bootQuery(call);
  return async (value) => {
    await call(name, value as Profile & Onboarding);
    client.setQueryData<Boot>(queryKey, (old) => old && { ...old, [part]: value });
  };
}

/** Stores the profile; the interface follows its language and time zone at once. */
export const useSaveProfile = () => useSavePart('profile', 'profile.save');
/** Stores how far the first start has come. */
export const useSaveOnboarding = () => useSavePart('onboarding', 'onboarding.save');

import { createContext, use } from 'react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { isLanguage } from '../i18n';
import { setLook } from '../lib/look';
import { nothing, rpcQuery, useCall, type Call } from './rpc';
import type { Boot, UiSettings } from './schema.gen';

/** What the app starts with: profile, settings, networks, workspace. */
export const bootQuery = (call: Call) => rpcQuery(call, 'boot', nothing, ['settings']);

export const useBootQuery = () => useQuery(bootQuery(useCall()));

export const BootContext = createContext<Boot | undefined>(undefined);
/** Asked for by every row and bubble, so it is one subscription for all: `BootProvider`. */
export const useBoot = (): Boot | undefined => use(BootContext);

/** How it looks here follows what is stored there. */
export function applyBoot({ profile, settings }: Boot): void {
  setLook({
    language: isLanguage(profile.language) ? profile.language : 'ru',
    theme: settings.theme === 'light' || settings.theme === 'dark' ? settings.theme : 'auto',
    fontScale: settings.font_percent / 100,
    timeZone: profile.time_zone || null,
  });
}

/** Draws changed settings at once and stores them; what was there comes back if that is refused. */
export function useSaveSettings(): (change: Partial<UiSettings>) => Promise<void> {
  const call = useCall();
  const client = useQueryClient();
  const { queryKey } = bootQuery(call);
  return async (change) => {
    const before = client.getQueryData<Boot>(queryKey);
    if (!before) return;
    const after = { ...before, settings: { ...before.settings, ...change } };
    client.setQueryData(queryKey, after);
    try {
      await call('settings.save', after.settings);
    } catch (cause) {
      client.setQueryData(queryKey, before);
      throw cause;
    }
  };
}

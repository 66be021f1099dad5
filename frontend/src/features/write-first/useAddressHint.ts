import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { accountsQuery } from '@/shared/api/accounts';
import { useCall } from '@/shared/api/rpc';
import { useChannels } from '@/shared/channels/channels';

/** What can be entered, with the links that the connected networks understand: `example.com/name`. */
export function useAddressHint(): string {
  const { t } = useTranslation();
  const channels = useChannels();
  const { data } = useQuery(accountsQuery(useCall()));
  const connected = new Set((data ?? []).map((row) => row.channel));
  const hosts = new Set(
    channels
      .filter(({ info }) => connected.has(info.id))
      .flatMap(({ info }) => info.capabilities.write_first.filter((form) => form.includes('.'))),
  );
  if (hosts.size === 0) return t('write_first.hint');
  return t('write_first.hintLinks', { links: [...hosts].map((host) => `${host}/${t('write_first.linkName')}`).join(', ') });
}

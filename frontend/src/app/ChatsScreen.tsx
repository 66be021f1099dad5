import { useCallback } from 'react';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { NetworkTiles } from '@/features/accounts';
import { InboxPage, type InboxAddress } from '@/features/inbox';
import { Onboarding, useOnboardingEnd } from '@/features/onboarding';
import { runAction } from '@/shared/lib/actions';

export function ChatsScreen() {
  const address = useSearch({ from: '/chats' });
  const navigate = useNavigate();
  const go = useCallback(
    (change: Partial<InboxAddress>, replace = false) => void navigate({ to: '/chats', search: (old) => ({ ...old, ...change }), replace }),
    [navigate],
  );
  useOnboardingEnd();
  return (
    <InboxPage
      address={address}
      go={go}
      welcome={<Onboarding networks={<NetworkTiles onChoose={(network) => runAction('channel.connect', network)} />} />}
    />
  );
}

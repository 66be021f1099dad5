import { useNavigate, useSearch } from '@tanstack/react-router';
import { InboxPage, type InboxAddress } from '@/features/inbox';

export function ChatsScreen() {
  const address = useSearch({ from: '/chats' });
  const navigate = useNavigate();
  const go = (change: Partial<InboxAddress>, replace = false) => void navigate({ to: '/chats', search: (old) => ({ ...old, ...change }), replace });
  return <InboxPage address={address} go={go} />;
}

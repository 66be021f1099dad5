import { useNavigate, useSearch } from '@tanstack/react-router';
import { previewText } from '@/features/inbox';
import { SearchPage, type SearchAddress } from '@/features/search';

export function SearchScreen() {
  const address = useSearch({ from: '/search' });
  const navigate = useNavigate();
  const go = (change: Partial<SearchAddress>) => void navigate({ to: '/search', search: (old) => ({ ...old, ...change }), replace: true });
  return (
    <SearchPage
      address={address}
      go={go}
      previewText={previewText}
      onConversation={(id) => void navigate({ to: '/chats', search: { id } })}
      onMessage={(id, message) => void navigate({ to: '/chats', search: { id, message } })}
    />
  );
}

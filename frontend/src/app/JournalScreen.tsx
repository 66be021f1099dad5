import { useNavigate, useSearch } from '@tanstack/react-router';
import { previewText } from '@/features/inbox';
import { JournalPage, type JournalAddress } from '@/features/journal';

export function JournalScreen() {
  const address = useSearch({ from: '/journal' });
  const navigate = useNavigate();
  const go = (change: Partial<JournalAddress>) =>
    void navigate({ to: '/journal', search: (old) => ({ ...old, ...change }), replace: true });
  return (
    <JournalPage
      address={address}
      go={go}
      previewText={previewText}
      onExport={(days) => void navigate({ to: '/exports', search: days })}
      onConversation={(id, message) => void navigate({ to: '/chats', search: { id, message } })}
    />
  );
}

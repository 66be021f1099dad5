import { useNavigate, useSearch } from '@tanstack/react-router';
import { QuickRepliesPage } from '@/features/quick-replies';
import { LeaveGuard } from './LeaveGuard';

export function QuickRepliesScreen() {
  const { reply } = useSearch({ from: '/settings/replies' });
  const navigate = useNavigate();
  return (
    <LeaveGuard>
      {(onDirty) => (
        <QuickRepliesPage
          chosen={reply}
          onChoose={(next) => void navigate({ to: '/settings/replies', search: { reply: next } })}
          onBack={() => void navigate({ to: '/settings' })}
          onDirty={onDirty}
        />
      )}
    </LeaveGuard>
  );
}

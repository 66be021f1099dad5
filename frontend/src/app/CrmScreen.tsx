import { useNavigate, useSearch } from '@tanstack/react-router';
import { CrmPage } from '@/features/crm';
import { LeaveGuard } from './LeaveGuard';

export function CrmScreen() {
  const { link } = useSearch({ from: '/crm' });
  const navigate = useNavigate();
  return (
    <LeaveGuard>
      {(onDirty) => (
        <CrmPage
          id={link}
          onLink={(next) => void navigate({ to: '/crm', search: { link: next } })}
          onJournal={(of) => void navigate({ to: '/journal', search: { link: of, state: 'failed' } })}
          onDirty={onDirty}
        />
      )}
    </LeaveGuard>
  );
}

import { useNavigate, useParams } from '@tanstack/react-router';
import { AccountSettingsPage } from '@/features/accounts';
import { LeaveGuard } from './LeaveGuard';

export function ChannelScreen() {
  const { id } = useParams({ from: '/channels/$id' });
  const navigate = useNavigate();
  return (
    <LeaveGuard>
      {(onDirty) => <AccountSettingsPage key={id} id={Number(id)} onBack={() => void navigate({ to: '/channels' })} onDirty={onDirty} />}
    </LeaveGuard>
  );
}

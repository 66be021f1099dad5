import { useNavigate, useSearch } from '@tanstack/react-router';
import { AnalyticsPage, type AnalyticsAddress } from '@/features/analytics';

export function AnalyticsScreen() {
  const address = useSearch({ from: '/analytics' });
  const navigate = useNavigate();
  const go = (change: Partial<AnalyticsAddress>) =>
    void navigate({ to: '/analytics', search: (old) => ({ ...old, ...change }), replace: true });
  return <AnalyticsPage address={address} go={go} onExports={() => void navigate({ to: '/exports' })} />;
}

import { useSearch } from '@tanstack/react-router';
import { ExportsPage } from '@/features/exports';

export function ExportsScreen() {
  const { from, to } = useSearch({ from: '/exports' });
  return <ExportsPage key={`${from} ${to}`} first={from} last={to} />;
}

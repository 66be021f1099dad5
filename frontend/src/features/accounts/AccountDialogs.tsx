import { lazy, Suspense, useState } from 'react';
import { Blocks, Cable } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useActions } from '@/shared/lib/actions';
import type { Dialogs } from './actions';

const AccountDialog = lazy(() => import('./dialogs/AccountDialog'));

interface Open {
  what: Dialogs;
  /** Ids of accounts; for `connect` the id of a network. */
  about: string;
  /** Grows with every question: asked twice, a dialog begins anew. */
  turn: number;
}

const quiet = ['login', 'proxy', 'fix', 'delete', 'quarantine'] as const;

/** Everything that can be asked about channels from anywhere in the window: one dialog at a time, above any screen. */
export function AccountDialogs() {
  const { t } = useTranslation();
  const [open, setOpen] = useState<Open | null>(null);
  const show =
    (what: Dialogs) =>
    (about = '') =>
      setOpen((old) => ({ what, about, turn: (old?.turn ?? 0) + 1 }));

  useActions([
    { id: 'channel.connect', group: 'everywhere', label: t('accounts.connectMore'), icon: Cable, run: show('connect') },
    { id: 'crm.connect', group: 'everywhere', label: t('crm.connect'), icon: Blocks, run: show('crm.connect') },
    { id: 'crm.login', group: 'everywhere', label: t('crm.again'), quiet: true, run: show('crm.login') },
    ...quiet.map((what) => ({ id: `channel.${what}`, group: 'everywhere' as const, label: what, quiet: true, run: show(what) })),
  ]);

  if (!open) return null;
  return (
    <Suspense>
      <AccountDialog key={open.turn} what={open.what} about={open.about} onClose={() => setOpen(null)} />
    </Suspense>
  );
}

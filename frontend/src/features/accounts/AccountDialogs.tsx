import { useState } from 'react';
import { Cable } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useActions } from '@/shared/lib/actions';
import type { Ask } from './actions';
import { ConnectWizard } from './connect/ConnectWizard';
import { DeleteDialog } from './dialogs/DeleteDialog';
import { FixDialog } from './dialogs/FixDialog';
import { ProxyDialog } from './dialogs/ProxyDialog';
import { QuarantineDialog } from './dialogs/QuarantineDialog';
import { EditDrawer } from './edit/EditDrawer';
import { useAccounts } from './queries';

interface Open {
  what: Ask;
  /** Ids of accounts; for `connect` the id of a network. */
  about: string;
  /** Grows with every question: asked twice, a dialog begins anew. */
  turn: number;
}

const quiet = ['login', 'edit', 'proxy', 'fix', 'delete', 'quarantine'] as const;

/** Everything that can be asked about channels from anywhere in the window: one dialog at a time, above any screen. */
export function AccountDialogs() {
  const { t } = useTranslation();
  const { data } = useAccounts();
  const [open, setOpen] = useState<Open | null>(null);
  const show =
    (what: Ask) =>
    (about = '') =>
      setOpen((old) => ({ what, about, turn: (old?.turn ?? 0) + 1 }));

  useActions([
    { id: 'channel.connect', group: 'everywhere', label: t('accounts.connectMore'), icon: Cable, run: show('connect') },
    ...quiet.map((what) => ({ id: `channel.${what}`, group: 'everywhere' as const, label: what, quiet: true, run: show(what) })),
  ]);

  if (!open) return null;
  const { what, about, turn } = open;
  const close = () => setOpen(null);
  if (what === 'connect') return <ConnectWizard key={turn} channel={about || undefined} onClose={close} />;

  const ids = about.split(',').map(Number);
  const rows = (data ?? []).filter((row) => ids.includes(row.id));
  const [row] = rows;
  if (!row) return null;
  switch (what) {
    case 'login':
      return <ConnectWizard key={turn} account={row} onClose={close} />;
    case 'edit':
      return <EditDrawer key={turn} row={row} onClose={close} />;
    case 'proxy':
      return <ProxyDialog key={turn} rows={rows} onClose={close} />;
    case 'fix':
      return <FixDialog key={turn} row={row} onClose={close} />;
    case 'delete':
      return <DeleteDialog key={turn} rows={rows} onClose={close} />;
    case 'quarantine':
      return <QuarantineDialog key={turn} row={row} onClose={close} />;
  }
}

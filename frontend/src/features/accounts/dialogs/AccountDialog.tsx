import { useLinks } from '@/shared/api/links';
import type { Dialogs } from '../actions';
import { ConnectWizard } from '../connect/ConnectWizard';
import { useAccounts } from '../queries';
import { DeleteDialog } from './DeleteDialog';
import { FixDialog } from './FixDialog';
import { ProxyDialog } from './ProxyDialog';
import { QuarantineDialog } from './QuarantineDialog';

interface Props {
  what: Dialogs;
  /** Ids of accounts; for `connect` the id of a network. */
  about: string;
  onClose: () => void;
}

/** The dialog for one question about channels. Loaded when the first one is asked. */
export default function AccountDialog({ what, about, onClose }: Props) {
  const { data } = useAccounts();
  const links = useLinks();
  if (what === 'crm.connect') return <ConnectWizard crm={{ id: about || undefined }} onClose={onClose} />;
  if (what === 'crm.login') {
    const link = links.find(({ id }) => String(id) === about);
    return link ? <ConnectWizard crm={{ id: link.crm, link }} onClose={onClose} /> : null;
  }
  if (what === 'connect') return <ConnectWizard channel={about || undefined} onClose={onClose} />;

  const ids = about.split(',').map(Number);
  const rows = (data ?? []).filter((row) => ids.includes(row.id));
  const [row] = rows;
  if (!row) return null;
  switch (what) {
    case 'login':
      return <ConnectWizard account={row} onClose={onClose} />;
    case 'proxy':
      return <ProxyDialog rows={rows} onClose={onClose} />;
    case 'fix':
      return <FixDialog row={row} onClose={onClose} />;
    case 'delete':
      return <DeleteDialog rows={rows} onClose={onClose} />;
    case 'quarantine':
      return <QuarantineDialog row={row} onClose={onClose} />;
  }
}

import { queryOptions } from '@tanstack/react-query';
import type { ApiError } from '@/shared/api/errors';
import type { Reason } from '@/shared/api/schema.gen';
import type { Host } from '@/shared/host';

/** The answer of the calls about the workspace itself. They stand outside the table: they work while it is closed. */
export interface WorkspaceStatus {
  state: 'open' | 'locked' | 'failed' | 'closed';
  /** Locked: the passphrase is to be invented now, not remembered. */
  first_time: boolean;
  /** Locked: fewest characters of a new passphrase. */
  shortest_passphrase: number;
  /** Locked: why a passphrase. Failed: what happened and what to do. */
  reason: Reason | null;
  /** Open, but a check found damage: `restore` puts the newest backup in its place. */
  damaged: boolean;
}

type OwnCall = 'workspace.status' | 'workspace.unlock' | 'workspace.retry' | 'workspace.restore';

export const ownCall = (host: Host, name: OwnCall, payload: object = {}): Promise<WorkspaceStatus> =>
  host.rpc(name, payload) as Promise<WorkspaceStatus>;

export const statusQuery = (host: Host) =>
  queryOptions<WorkspaceStatus, ApiError>({ queryKey: ['workspace.status'], queryFn: () => ownCall(host, 'workspace.status') });

export { WorkspaceBanners } from './WorkspaceBanners';
export { WorkspaceGate } from './WorkspaceGate';
export { statusQuery as workspaceStatusQuery } from './status';

import { SettingsPage } from '@/features/settings';
import { LeaveGuard } from './LeaveGuard';

export const SettingsScreen = () => <LeaveGuard>{(onDirty) => <SettingsPage onDirty={onDirty} />}</LeaveGuard>;

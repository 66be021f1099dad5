import common from './common.json';
import inbox from './inbox.json';
import accounts from './accounts.json';
import connect from './connect.json';
import onboarding from './onboarding.json';
import palette from './palette.json';
import reason from './reason.json';
import search from './search.json';
import settings from './settings.json';
import workspace from './workspace.json';
import writeFirst from './writeFirst.json';

export default { ...common, accounts, connect, onboarding, palette, reason, search, settings, workspace, writeFirst, inbox };

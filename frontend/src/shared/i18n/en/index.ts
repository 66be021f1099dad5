import common from './common.json';
import inbox from './inbox.json';
import accounts from './accounts.json';
import analytics from './analytics.json';
import connect from './connect.json';
import errors from './errors.json';
import exports from './exports.json';
import key from './key.json';
import onboarding from './onboarding.json';
import outcomes from './outcomes.json';
import palette from './palette.json';
import reason from './reason.json';
import rules from './rules.json';
import search from './search.json';
import settings from './settings.json';
import system from './system.json';
import workspace from './workspace.json';
import write_first from './write_first.json';
import channel from './channel.json';
import quick from './quick.json';
import journal from './journal.json';
import crm from './crm.json';

export default {
  ...common,
  ...outcomes,
  error: { ...common.error, ...errors, ...rules.error },
  auto_reply: rules.auto_reply,
  placeholder: rules.placeholder,
  setting: rules.setting,
  verdict: rules.verdict,
  accounts,
  analytics,
  connect,
  exports,
  key,
  onboarding,
  palette,
  reason,
  search,
  settings,
  system,
  workspace,
  write_first,
  inbox,
  channel,
  quick,
  journal,
  crm,
};

import type { Boot } from '../../api/schema.gen';
import { channels } from './channels';
import { crms } from './links';

export const aBoot = (): Boot => ({
  version: '0.1.0',
  workspace: { demo: true, folder: '/home/irina/Besedka', passphrase: false, recovered: null },
  profile: { name: 'Ирина Белова', email: '', phone: '', language: 'ru', time_zone: 'Asia/Yekaterinburg', alert_email: '' },
  settings: {
    theme: 'system',
    enter_sends: true,
    font_percent: 100,
    do_not_disturb: false,
    notifications: true,
    close_to_tray: true,
    autostart: false,
    wait_warn_minutes: 10,
    wait_alarm_minutes: 30,
  },
  channels,
  crms,
  onboarding: { step: 'done' },
});

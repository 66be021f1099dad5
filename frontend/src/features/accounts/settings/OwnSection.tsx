import { useTranslation } from 'react-i18next';
import type { Channel } from '@/shared/channels/channels';
import { Section } from '@/shared/ui/Form';
import { errorAt } from '../network';
import type { AccountDraft } from './draft';
import { SettingField } from './SettingField';
import type { Errors } from './SettingsForm';

interface Props {
  channel: Channel;
  settings: AccountDraft['settings'];
  errors: Errors;
  onChange: (settings: AccountDraft['settings']) => void;
}

/** What only this network has: each field is drawn from the channel's description, with the channel's words. */
export function OwnSection({ channel, settings, errors, onChange }: Props) {
  const { t } = useTranslation();
  if (channel.info.settings.length === 0) return null;
  return (
    <Section
      id="channel-own"
      title={t('channel.section.own', { name: channel.name })}
      hint={channel.text('settings.hint') ?? t('channel.ownHint')}
    >
      {channel.info.settings.map((setting) => (
        <SettingField
          key={setting.key}
          channel={channel}
          setting={setting}
          value={settings[setting.key] ?? ''}
          error={errorAt(errors, 'setting', setting.key)}
          onChange={(value) => onChange({ ...settings, [setting.key]: value })}
        />
      ))}
    </Section>
  );
}

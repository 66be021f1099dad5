import { TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Grid, Section } from '@/shared/ui/Form';
import { TimeZoneSelect } from '@/shared/ui/TimeZoneSelect';
import type { SettingsDraft } from './draft';

export interface DraftProps {
  draft: SettingsDraft;
  errors: Record<string, string | undefined>;
  onChange: (part: Partial<SettingsDraft>) => void;
}

export function ProfileSection({ draft, errors, onChange }: DraftProps) {
  const { t } = useTranslation();
  return (
    <Section id="settings-profile" title={t('settings.section.profile')} hint={t('settings.profile.hint')}>
      <TextInput
        label={t('settings.profile.name')}
        value={draft.name}
        error={errors.name}
        autoComplete="name"
        onChange={(e) => onChange({ name: e.currentTarget.value })}
      />
      <Grid>
        <TextInput
          label={t('settings.profile.email')}
          type="email"
          value={draft.email}
          error={errors.email}
          autoComplete="email"
          onChange={(e) => onChange({ email: e.currentTarget.value })}
        />
        <TextInput
          label={t('settings.profile.phone')}
          type="tel"
          value={draft.phone}
          error={errors.phone}
          autoComplete="tel"
          onChange={(e) => onChange({ phone: e.currentTarget.value })}
        />
      </Grid>
      <TextInput
        label={t('settings.profile.alertEmail')}
        description={t('settings.profile.alertHint')}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        type="email"
        value={draft.alert_email}
        error={errors.alert_email}
        onChange={(e) => onChange({ alert_email: e.currentTarget.value })}
      />
      <TimeZoneSelect
        label={t('settings.profile.zone')}
        description={t('settings.profile.zoneHint')}
        value={draft.time_zone}
        error={errors.time_zone}
        onChange={(time_zone) => onChange({ time_zone })}
      />
    </Section>
  );
}

import { TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFormat } from '@/shared/lib/format';
import { Chip } from '@/shared/ui/bits';
import { Grid, Section } from '@/shared/ui/Form';
import type { DraftProps } from './ProfileSection';
import s from './SettingsPage.module.css';

/** INB-12: when the timer of a conversation turns amber, and when red. */
export function WaitingSection({ draft, errors, onChange }: DraftProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const minutes = (text: string) => (/^\d{1,5}$/.test(text.trim()) ? format.wait(Math.max(1, Number(text)) * 60_000) : '…');
  return (
    <Section
      id="settings-waiting"
      title={t('settings.section.waiting')}
      hint={t('settings.waiting.hint')}
      side={
        <div className={s.preview}>
          <h3>{t('settings.waiting.preview')}</h3>
          <div className={s.timers}>
            <Chip>{minutes('1')}</Chip>
            <Chip tone="warn">{minutes(draft.warn)}</Chip>
            <Chip tone="bad">{minutes(draft.alarm)}</Chip>
          </div>
        </div>
      }
    >
      <Grid>
        <TextInput
          label={t('settings.waiting.warn')}
          inputMode="numeric"
          value={draft.warn}
          error={errors.warn}
          onChange={(e) => onChange({ warn: e.currentTarget.value })}
        />
        <TextInput
          label={t('settings.waiting.alarm')}
          inputMode="numeric"
          value={draft.alarm}
          error={errors.alarm}
          onChange={(e) => onChange({ alarm: e.currentTarget.value })}
        />
      </Grid>
    </Section>
  );
}

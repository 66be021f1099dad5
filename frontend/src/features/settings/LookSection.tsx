import { SegmentedControl } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useSaveProfile } from '@/shared/api/profile';
import type { Boot } from '@/shared/api/schema.gen';
import { languages } from '@/shared/i18n';
import { useErrorText } from '@/shared/lib/useErrorText';
import { complain } from '@/shared/ui/complain';
import { Section } from '@/shared/ui/Form';
import { languageNames } from '@/shared/i18n/names';
import { useChange } from './useChange';
import s from './SettingsPage.module.css';

const themes = ['system', 'light', 'dark'] as const;
const sizes = [90, 100, 110, 125, 150];

/** Language, theme, size of text: seen at once. */
export function LookSection({ boot: { profile, settings } }: { boot: Boot }) {
  const { t } = useTranslation();
  const text = useErrorText();
  const change = useChange();
  const saveProfile = useSaveProfile();
  const shown = sizes.includes(settings.font_percent) ? sizes : [...sizes, settings.font_percent].sort((a, b) => a - b);
  return (
    <Section id="settings-look" title={t('settings.section.look')} hint={t('settings.look.hint')}>
      <div>
        <div className={s.label} id="look-language">
          {t('settings.look.language')}
        </div>
        <SegmentedControl
          aria-labelledby="look-language"
          fullWidth
          value={profile.language}
          data={languages.map((value) => ({ value, label: languageNames[value] }))}
          onChange={(language) => void saveProfile({ ...profile, language }).catch((cause: unknown) => complain(text(cause)))}
        />
      </div>
      <div>
        <div className={s.label} id="look-theme">
          {t('settings.look.theme')}
        </div>
        <SegmentedControl
          aria-labelledby="look-theme"
          fullWidth
          value={settings.theme}
          data={themes.map((value) => ({ value, label: t(`settings.look.themes.${value}`) }))}
          onChange={(theme) => change({ theme })}
        />
      </div>
      <div>
        <div className={s.label} id="look-font">
          {t('settings.look.font')}
        </div>
        <SegmentedControl
          aria-labelledby="look-font"
          fullWidth
          value={String(settings.font_percent)}
          data={shown.map((n) => ({ value: String(n), label: `${n} %` }))}
          onChange={(n) => change({ font_percent: Number(n) })}
        />
      </div>
    </Section>
  );
}

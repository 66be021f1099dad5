import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Part } from 'virtual:licences';
import { Section } from '@/shared/ui/Form';
import s from './SettingsPage.module.css';

interface Licences {
  window: Part[];
  core: Part[];
}

export function About({ version }: { version: string }) {
  const { t } = useTranslation();
  const [licences, setLicences] = useState<Licences | null>(null);
  const load = () => void import('virtual:licences').then(({ window: parts, core }) => setLicences({ window: parts, core }));
  return (
    <Section id="settings-about" title={t('settings.section.about')}>
      <div className={s.about}>
        <b>{t('settings.about.version', { version })}</b>
        <p>{t('settings.about.licence')}</p>
        <p>{t('settings.about.mine')}</p>
      </div>
      <details className={s.licences} onToggle={(event) => event.currentTarget.open && !licences && load()}>
        <summary>{t('settings.about.others')}</summary>
        {licences && (
          <div>
            <h3>{t('settings.about.window')}</h3>
            <ul>
              {licences.window.map(({ name, version: its, licence }) => (
                <li key={`${name} ${version}`}>
                  {name}{' '}
                  <small>
                    {its} · {licence}
                  </small>
                </li>
              ))}
            </ul>
            <h3>{t('settings.about.core')}</h3>
            <ul>
              {licences.core.map(({ name, version: its }) => (
                <li key={`${name} ${its}`}>
                  {name} <small>{its}</small>
                </li>
              ))}
            </ul>
          </div>
        )}
      </details>
    </Section>
  );
}

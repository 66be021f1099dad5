import { Switch } from '@mantine/core';
import { Copy } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Boot } from '@/shared/api/schema.gen';
import { useHost } from '@/shared/host';
import { Tool } from '@/shared/ui/bits';
import { Note, Section } from '@/shared/ui/Form';
import { Icon } from '@/shared/ui/Icon';
import { useChange } from './useChange';
import s from './SettingsPage.module.css';

/** Tray, start, and where the data lies. */
export function ProgramSection({ boot: { settings, workspace } }: { boot: Boot }) {
  const { t } = useTranslation();
  const change = useChange();
  const desktop = useHost().kind === 'desktop';
  return (
    <Section id="settings-program" title={t('settings.section.program')}>
      <Switch
        label={t('settings.program.tray')}
        description={t('settings.program.trayHint')}
        disabled={!desktop}
        checked={settings.close_to_tray}
        onChange={(e) => change({ close_to_tray: e.currentTarget.checked })}
      />
      <Switch
        label={t('settings.program.autostart')}
        disabled={!desktop}
        checked={settings.autostart}
        onChange={(e) => change({ autostart: e.currentTarget.checked })}
      />
      {!desktop && <Note tone="info">{t('settings.program.desktopOnly')}</Note>}
      <div className={s.fact}>
        <div className={s.label}>{t('settings.program.folder')}</div>
        <span className={s.path}>
          <code className="mono">{workspace.folder}</code>
          <Tool label={t('settings.program.copy')} onClick={() => void navigator.clipboard.writeText(workspace.folder)}>
            <Icon of={Copy} size={15} />
          </Tool>
        </span>
        <small>
          {t(workspace.demo ? 'settings.program.demo' : workspace.passphrase ? 'settings.program.passphrase' : 'settings.program.keyring')}
        </small>
      </div>
    </Section>
  );
}

import { useState } from 'react';
import { Button, Switch } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { UiSettings } from '@/shared/api/schema.gen';
import { useHost } from '@/shared/host';
import { Note, Section } from '@/shared/ui/Form';
import { useChange } from './useChange';

export function NoticesSection({ settings }: { settings: UiSettings }) {
  const { t } = useTranslation();
  const change = useChange();
  return (
    <Section id="settings-notices" title={t('settings.section.notices')} hint={t('settings.notices.hint')}>
      <Switch
        label={t('settings.notices.on')}
        description={t('settings.notices.onHint')}
        checked={settings.notifications}
        onChange={(e) => change({ notifications: e.currentTarget.checked })}
      />
      <Switch
        label={t('settings.notices.dnd')}
        description={t('settings.notices.dndHint')}
        checked={settings.do_not_disturb}
        onChange={(e) => change({ do_not_disturb: e.currentTarget.checked })}
      />
      {settings.notifications && <Permission />}
    </Section>
  );
}

/** In a browser the browser decides. */
function Permission() {
  const { t } = useTranslation();
  const host = useHost();
  const [state, setState] = useState(() => (typeof Notification === 'undefined' ? 'denied' : Notification.permission));
  if (host.kind !== 'browser' || state === 'granted') return null;
  if (state === 'denied') return <Note tone="info">{t('settings.notices.denied')}</Note>;
  return (
    <Note
      tone="info"
      action={
        <Button variant="default" size="compact-sm" onClick={() => void Notification.requestPermission().then(setState)}>
          {t('settings.notices.allow')}
        </Button>
      }
    >
      {t('settings.notices.permission')}
    </Note>
  );
}

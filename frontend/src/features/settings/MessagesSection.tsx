import { useTranslation } from 'react-i18next';
import type { UiSettings } from '@/shared/api/schema.gen';
import { useHost } from '@/shared/host';
import { keysLabel } from '@/shared/lib/hotkeys';
import { Choices, Section } from '@/shared/ui/Form';
import { useChange } from './useChange';

export function MessagesSection({ settings }: { settings: UiSettings }) {
  const { t } = useTranslation();
  const change = useChange();
  const keys = keysLabel('mod+enter', useHost().platform === 'mac').replace('↵', 'Enter');
  return (
    <Section id="settings-messages" title={t('settings.section.messages')}>
      <Choices
        label={t('settings.messages.label')}
        value={settings.enter_sends ? 'enter' : 'mod'}
        onChange={(value) => change({ enter_sends: value === 'enter' })}
        options={[
          { value: 'enter', title: t('settings.messages.enter'), text: t('settings.messages.enterText', { keys }) },
          { value: 'mod', title: t('settings.messages.mod', { keys }), text: t('settings.messages.modText') },
        ]}
      />
    </Section>
  );
}

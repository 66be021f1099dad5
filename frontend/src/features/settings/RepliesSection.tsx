import { Button } from '@mantine/core';
import { Zap } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { runAction } from '@/shared/lib/actions';
import { Icon } from '@/shared/ui/Icon';
import { Section } from '@/shared/ui/Form';

/** The way to the quick replies: they have a page of their own. */
export function RepliesSection() {
  const { t } = useTranslation();
  return (
    <Section id="settings-replies" title={t('settings.section.replies')} hint={t('quick.settingsHint')}>
      <div>
        <Button variant="default" leftSection={<Icon of={Zap} size={15} />} onClick={() => runAction('quick-replies')}>
          {t('quick.open')}
        </Button>
      </div>
    </Section>
  );
}

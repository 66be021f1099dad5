import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useHost } from '@/shared/host';
import { useErrorText } from '@/shared/lib/useErrorText';
import { Note } from '@/shared/ui/Form';
import s from './Onboarding.module.css';

/** A look around before anything is connected (APP-1): opens beside this workspace, which stays as it is. */
export function DemoOffer() {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const host = useHost();
  const open = useMutation({ mutationFn: () => host.openDemo() });
  return (
    <section className={s.demo} aria-labelledby="first-demo">
      <div>
        <h2 id="first-demo">{t('onboarding.demo.title')}</h2>
        <p>{t('onboarding.demo.text')}</p>
        {open.error && <Note tone="bad">{errorText(open.error)}</Note>}
      </div>
      <Button onClick={() => open.mutate()} loading={open.isPending}>
        {t('onboarding.demo.open')}
      </Button>
    </section>
  );
}

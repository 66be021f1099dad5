import { Button } from '@mantine/core';
import { X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { AccountId } from '@/shared/api/schema.gen';
import { Tool } from '@/shared/ui/bits';
import { Icon } from '@/shared/ui/Icon';
import { ask } from './actions';
import { useActivate } from './queries';
import s from './BulkBar.module.css';

/** What can be done with the chosen channels at once. */
export function BulkBar({ ids, onClear }: { ids: AccountId[]; onClear: () => void }) {
  const { t } = useTranslation();
  const activate = useActivate();
  return (
    <div className={s.bulk} role="toolbar" aria-label={t('accounts.bulk.label')}>
      <b>{t('accounts.bulk.chosen', { count: ids.length })}</b>
      <Button variant="default" size="compact-sm" onClick={() => activate(ids, true)}>
        {t('accounts.turnOn')}
      </Button>
      <Button variant="default" size="compact-sm" onClick={() => activate(ids, false)}>
        {t('accounts.turnOff')}
      </Button>
      <Button variant="default" size="compact-sm" onClick={() => ask('proxy', ...ids)}>
        {t('accounts.proxyMore')}
      </Button>
      <Button variant="subtle" size="compact-sm" className={s.danger} onClick={() => ask('delete', ...ids)}>
        {t('accounts.deleteMore')}
      </Button>
      <span className={s.grow} />
      <Tool label={t('accounts.bulk.clear')} onClick={onClear}>
        <Icon of={X} size={16} />
      </Tool>
    </div>
  );
}

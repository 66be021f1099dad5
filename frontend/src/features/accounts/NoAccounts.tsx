import { Cable } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Icon } from '@/shared/ui/Icon';
import { ask } from './actions';
import { NetworkTiles } from './connect/NetworkTiles';
import s from './NoAccounts.module.css';

/** Nothing is connected yet: what will be here, and the first step open. */
export function NoAccounts() {
  const { t } = useTranslation();
  return (
    <div className={s.none}>
      <div className={s.col}>
        <Icon of={Cable} size={28} stroke={1.5} />
        <h2>{t('accounts.none.title')}</h2>
        <p>{t('accounts.none.text')}</p>
        <NetworkTiles onChoose={(channel) => ask('connect', channel)} />
      </div>
    </div>
  );
}

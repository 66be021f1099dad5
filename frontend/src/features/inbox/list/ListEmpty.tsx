import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ConversationFilter } from '@/shared/api/schema.gen';
import s from './ConversationList.module.css';

interface Props {
  filter: ConversationFilter;
  narrowed: boolean;
  noAccounts: boolean;
  onAll: () => void;
}

/** Why nothing is listed, and the one next step. */
export function ListEmpty({ filter, narrowed, noAccounts, onAll }: Props) {
  const { t } = useTranslation();
  const what = narrowed ? 'narrowed' : filter === 'all' ? (noAccounts ? 'noAccounts' : 'all') : filter;
  return (
    <div className={s.none}>
      <b>{t(`inbox.empty.${what}.title`)}</b>
      {t(`inbox.empty.${what}.text`)}
      {(narrowed || filter !== 'all') && (
        <Button variant="default" onClick={onAll}>
          {t('inbox.list.showAll')}
        </Button>
      )}
    </div>
  );
}

import { Checkbox } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { AccountId, AccountRow as Row } from '@/shared/api/schema.gen';
import { AccountRow } from './AccountRow';
import s from './AccountsTable.module.css';

interface Props {
  rows: Row[];
  picked: ReadonlySet<AccountId>;
  onPick: (picked: ReadonlySet<AccountId>) => void;
}

export function AccountsTable({ rows, picked, onPick }: Props) {
  const { t } = useTranslation();
  const shown = rows.filter((row) => picked.has(row.id)).length;
  const toggle = (id: AccountId, on: boolean) => {
    const next = new Set(picked);
    if (on) next.add(id);
    else next.delete(id);
    onPick(next);
  };
  return (
    <div className={s.scroll}>
      <table className={s.table} aria-label={t('accounts.title')}>
        <thead>
          <tr>
            <th className={s.pick}>
              <Checkbox
                aria-label={t('accounts.all')}
                checked={shown === rows.length}
                indeterminate={shown > 0 && shown < rows.length}
                onChange={(e) => onPick(new Set(e.currentTarget.checked ? rows.map((row) => row.id) : []))}
              />
            </th>
            <th scope="col">{t('accounts.col.channel')}</th>
            <th scope="col" className={s.state}>
              {t('accounts.col.state')}
            </th>
            <th scope="col" className={s.today} data-num>
              {t('accounts.col.today')}
            </th>
            <th scope="col" className={s.first}>
              {t('accounts.col.first')}
            </th>
            <th scope="col" className={s.seen}>
              {t('accounts.col.seen')}
            </th>
            <th scope="col" className={s.active}>
              {t('accounts.col.active')}
            </th>
            <th className={s.more}>
              <span className="unseen">{t('act.more')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <AccountRow key={row.id} row={row} picked={picked.has(row.id)} onPick={(on) => toggle(row.id, on)} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

import { useMemo, useState } from 'react';
import { Button, Loader } from '@mantine/core';
import { Plus, Search, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { AccountId } from '@/shared/api/schema.gen';
import { needsPerson } from '@/shared/channels/ConnectionLine';
import { useErrorText } from '@/shared/lib/useErrorText';
import { Icon } from '@/shared/ui/Icon';
import { Page } from '@/shared/ui/Page';
import { AccountsTable } from './AccountsTable';
import { ask } from './actions';
import { BulkBar } from './BulkBar';
import { NoAccounts } from './NoAccounts';
import { useAccounts } from './queries';
import s from './AccountsPage.module.css';

/** Every connected channel: how it is, why, and the way out. */
export function AccountsPage() {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const { data, error, refetch, isFetching } = useAccounts();
  const [search, setSearch] = useState('');
  const [picked, setPicked] = useState<ReadonlySet<AccountId>>(new Set());

  const rows = useMemo(() => {
    const words = search.trim().toLowerCase().split(/\s+/).filter(Boolean);
    return (data ?? []).filter((row) => words.every((word) => `${row.name} ${row.handle ?? ''}`.toLowerCase().includes(word)));
  }, [data, search]);
  const chosen = rows.filter((row) => picked.has(row.id)).map((row) => row.id);

  return (
    <Page
      title={t('accounts.title')}
      note={<Summary />}
      actions={
        <>
          {(data?.length ?? 0) > 0 && (
            <label className={s.search}>
              <Icon of={Search} size={15} />
              <input
                value={search}
                placeholder={t('accounts.search')}
                aria-label={t('accounts.search')}
                onChange={(e) => setSearch(e.target.value)}
                onKeyDown={(e) => e.key === 'Escape' && setSearch('')}
              />
              {search && (
                <button type="button" aria-label={t('accounts.clearSearch')} onClick={() => setSearch('')}>
                  <Icon of={X} size={14} />
                </button>
              )}
            </label>
          )}
          <Button leftSection={<Icon of={Plus} size={15} />} onClick={() => ask('connect')} className={s.connect}>
            {t('accounts.connect')}
          </Button>
        </>
      }
    >
      {chosen.length > 0 && <BulkBar ids={chosen} onClear={() => setPicked(new Set())} />}
      {!data && error && (
        <div className={s.state} role="alert">
          <b>{t('accounts.failed')}</b>
          <span>{errorText(error)}</span>
          <Button variant="default" onClick={() => void refetch()} loading={isFetching}>
            {t('act.retry')}
          </Button>
        </div>
      )}
      {!data && !error && (
        <div className={s.state} role="status" aria-label={t('accounts.loading')}>
          <Loader size={22} />
        </div>
      )}
      {data?.length === 0 && <NoAccounts />}
      {data && data.length > 0 && rows.length === 0 && (
        <div className={s.state}>
          <b>{t('accounts.nothingFound')}</b>
          <span>{t('accounts.nothingFoundHint', { text: search.trim() })}</span>
          <Button variant="default" onClick={() => setSearch('')}>
            {t('accounts.clearSearch')}
          </Button>
        </div>
      )}
      {rows.length > 0 && <AccountsTable rows={rows} picked={picked} onPick={setPicked} />}
    </Page>
  );
}

/** «5 на связи, 3 требуют внимания, 1 выключен». */
function Summary() {
  const { t } = useTranslation();
  const { data } = useAccounts();
  if (!data?.length) return null;
  const off = data.filter((row) => !row.active || row.connection.status === 'off').length;
  const needy = data.filter((row) => row.active && needsPerson(row.connection.status)).length;
  const coming = data.filter(
    (row) => row.active && (row.connection.status === 'connecting' || row.connection.status === 'reconnecting'),
  ).length;
  const online = data.length - off - needy - coming;
  const parts = [
    online > 0 && t('accounts.summary.online', { count: online }),
    coming > 0 && t('accounts.summary.connecting', { count: coming }),
    needy > 0 && t('accounts.summary.needy', { count: needy }),
    off > 0 && t('accounts.summary.off', { count: off }),
  ];
  return <>{parts.filter(Boolean).join(', ')}</>;
}

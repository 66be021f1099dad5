import { Select, SegmentedControl } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Paperclip, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { accountsQuery } from '@/shared/api/accounts';
import { rpcQuery, useCall } from '@/shared/api/rpc';
import { DateRange } from '@/shared/ui/DateRange';
import { Icon } from '@/shared/ui/Icon';
import type { SearchAddress } from './address';
import s from './SearchFilters.module.css';

interface Props {
  address: SearchAddress;
  go: (change: Partial<SearchAddress>) => void;
}

/** Which channel, whose words, with a file, between which days, with whom. */
export function SearchFilters({ address, go }: Props) {
  const { t } = useTranslation();
  const { data: accounts = [] } = useQuery(accountsQuery(useCall()));
  return (
    <div className={s.filters} role="group" aria-label={t('search.filters')}>
      <Select
        aria-label={t('search.channel')}
        className={s.channel ?? ''}
        searchable
        value={address.account === undefined ? 'all' : String(address.account)}
        data={[{ value: 'all', label: t('search.allChannels') }, ...accounts.map((row) => ({ value: String(row.id), label: row.name }))]}
        data-set={address.account !== undefined || undefined}
        onChange={(value) => go({ account: value && value !== 'all' ? Number(value) : undefined })}
      />
      <SegmentedControl
        aria-label={t('search.direction')}
        value={address.dir ?? 'all'}
        onChange={(value) => go({ dir: value === 'in' || value === 'out' ? value : undefined })}
        data={[
          { value: 'all', label: t('search.dir.all') },
          { value: 'in', label: t('search.dir.in') },
          { value: 'out', label: t('search.dir.out') },
        ]}
      />
      <button
        type="button"
        className={s.toggle}
        aria-pressed={address.file ?? false}
        onClick={() => go({ file: address.file ? undefined : true })}
      >
        <Icon of={Paperclip} size={14} />
        {t('search.withFile')}
      </button>
      <DateRange from={address.from} to={address.to} onChange={go} />
      {address.contact !== undefined && <Person id={address.contact} onDrop={() => go({ contact: undefined })} />}
    </div>
  );
}

function Person({ id, onDrop }: { id: number; onDrop: () => void }) {
  const { t } = useTranslation();
  const { data } = useQuery(rpcQuery(useCall(), 'contacts.get', { contact_id: id }, ['contacts']));
  const name = data?.name ?? '…';
  return (
    <button type="button" className={s.toggle} aria-pressed aria-label={t('search.dropPerson', { name })} onClick={onDrop}>
      <span className="cut">{t('search.person', { name })}</span>
      <Icon of={X} size={14} />
    </button>
  );
}

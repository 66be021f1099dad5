import { useState } from 'react';
import { MultiSelect, SegmentedControl, Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { nothing, rpcQuery, useCall } from '@/shared/api/rpc';
import type { Tick } from '@/shared/api/schema.gen';
import type { Order } from './order';
import s from './Exports.module.css';

const ticks: Tick[] = ['sent', 'delivered', 'read', 'error', 'sending'];

/** Only with one person, only theirs or ours, only those that came so far, only with a tag. */
export function OrderFilters({ order, onChange }: { order: Order; onChange: (patch: Partial<Order>) => void }) {
  const { t } = useTranslation();
  const tags = useQuery(rpcQuery(useCall(), 'conversations.counts', nothing, ['conversations'])).data?.tags ?? [];
  return (
    <div className={s.filters}>
      <PersonSelect person={order.person} onChange={(person) => onChange({ person })} />
      <Select
        label={t('exports.tag')}
        placeholder={t('exports.any')}
        clearable
        searchable
        allowDeselect
        data={tags.map(({ tag }) => tag)}
        value={order.tag}
        onChange={(tag) => onChange({ tag })}
      />
      <div>
        <div className={s.label}>{t('exports.direction')}</div>
        <SegmentedControl
          fullWidth
          aria-label={t('exports.direction')}
          value={order.direction ?? 'all'}
          onChange={(value) => onChange({ direction: value === 'in' || value === 'out' ? value : null })}
          data={(['all', 'in', 'out'] as const).map((value) => ({ value, label: t(`exports.directions.${value}`) }))}
        />
      </div>
      <MultiSelect
        label={t('exports.statuses')}
        description={t('exports.statusesHint')}
        inputWrapperOrder={['label', 'input', 'description']}
        placeholder={order.statuses.length === 0 ? t('exports.any') : undefined}
        disabled={order.direction === 'in'}
        data={ticks.map((value) => ({ value, label: t(`exports.tick.${value}`) }))}
        value={order.statuses}
        onChange={(value) => onChange({ statuses: ticks.filter((tick) => value.includes(tick)) })}
      />
    </div>
  );
}

const PAUSE_MS = 250;

/** A person by name, number or user name, as the search knows them. */
function PersonSelect({ person, onChange }: { person: Order['person']; onChange: (person: Order['person']) => void }) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState('');
  const [text] = useDebouncedValue(typed.trim(), PAUSE_MS);
  const { data } = useQuery({
    ...rpcQuery(
      useCall(),
      'search',
      {
        text,
        conversation_id: null,
        account_ids: [],
        contact_id: null,
        direction: null,
        has_file: false,
        from: null,
        to: null,
        cursor: null,
        limit: 20,
      },
      [],
    ),
    enabled: text.length > 1 && text !== person?.name,
    placeholderData: keepPreviousData,
  });
  const found = new Map((data?.conversations ?? []).map((row) => [String(row.contact_id), row.title]));
  if (person) found.set(String(person.id), person.name);
  return (
    <Select
      label={t('exports.person')}
      placeholder={t('exports.anybody')}
      searchable
      clearable
      allowDeselect
      filter={({ options }) => options}
      nothingFoundMessage={text.length > 1 ? t('exports.nobody') : undefined}
      data={[...found].map(([value, label]) => ({ value, label }))}
      value={person ? String(person.id) : null}
      searchValue={typed}
      onSearchChange={setTyped}
      onChange={(value) => onChange(value === null ? null : { id: Number(value), name: found.get(value) ?? '' })}
    />
  );
}

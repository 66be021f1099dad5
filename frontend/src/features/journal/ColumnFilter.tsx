import { useEffect, useState } from 'react';
import { Menu } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { Check, ChevronDown, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { accountsQuery } from '@/shared/api/accounts';
import { useCall } from '@/shared/api/rpc';
import { Icon } from '@/shared/ui/Icon';
import type { JournalAddress } from './address';
import s from './Journal.module.css';

interface Props {
  /** What is filtered, for screen readers. */
  label: string;
  /** What stands there while nothing is chosen. */
  any: string;
  value: string | null;
  options: { value: string; label: string }[];
  onChange: (value: string | null) => void;
}

/** A choice in the head of a column; one that is set turns to the accent and has a cross. */
export function ColumnFilter({ label, any, value, options, onChange }: Props) {
  const { t } = useTranslation();
  const chosen = options.find((option) => option.value === value);
  if (chosen)
    return (
      <button
        type="button"
        className={s.filter}
        data-set
        aria-label={t('journal.dropFilter', { column: label, value: chosen.label })}
        onClick={() => onChange(null)}
      >
        <span className="cut">{chosen.label}</span>
        <Icon of={X} size={12} />
      </button>
    );
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <button type="button" className={s.filter} aria-label={t('journal.filterOf', { column: label })}>
          <span className="cut">{any}</span>
          <Icon of={ChevronDown} size={12} />
        </button>
      </Menu.Target>
      <Menu.Dropdown mah={340} style={{ overflow: 'auto' }}>
        {options.map((option) => (
          <Menu.Item
            key={option.value}
            rightSection={option.value === value && <Icon of={Check} size={14} />}
            onClick={() => onChange(option.value)}
          >
            {option.label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

const PAUSE_MS = 300;

/** Words in the head of a column. */
function WordsFilter({ label, any, value, onChange }: { label: string; any: string; value: string; onChange: (value: string) => void }) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState(value);
  const [words] = useDebouncedValue(typed, PAUSE_MS);
  useEffect(() => setTyped(value), [value]);
  useEffect(() => {
    if (words !== value && words === typed) onChange(words);
    // eslint-disable-next-line react-hooks/exhaustive-deps -- only what was typed asks anew, not an address that moved
  }, [words]);
  return (
    <span className={s.filter} data-set={value ? true : undefined}>
      <input
        value={typed}
        placeholder={any}
        aria-label={t('journal.filterOf', { column: label })}
        onChange={(e) => setTyped(e.target.value)}
      />
      {typed && (
        <button
          type="button"
          aria-label={t('journal.dropFilter', { column: label, value: typed })}
          onClick={() => {
            setTyped('');
            onChange('');
          }}
        >
          <Icon of={X} size={12} />
        </button>
      )}
    </span>
  );
}

interface Narrowed {
  address: JournalAddress;
  go: (change: Partial<JournalAddress>) => void;
}

/** Only one channel. */
export function AccountFilter({ label, address, go }: Narrowed & { label: string }) {
  const { t } = useTranslation();
  const accounts = useQuery(accountsQuery(useCall())).data ?? [];
  return (
    <ColumnFilter
      label={label}
      any={t('journal.all')}
      value={address.account === undefined ? null : String(address.account)}
      options={accounts.map((row) => ({ value: String(row.id), label: row.name }))}
      onChange={(value) => go({ account: value === null ? undefined : Number(value) })}
    />
  );
}

/** Only people whose name, number or user name holds these words. */
export function ClientFilter({ address, go }: Narrowed) {
  const { t } = useTranslation();
  return (
    <WordsFilter
      label={t('journal.col.client')}
      any={t('journal.anyOne')}
      value={address.client ?? ''}
      onChange={(client) => go({ client: client || undefined })}
    />
  );
}

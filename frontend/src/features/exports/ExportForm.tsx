import '@mantine/dates/styles.css';
import 'dayjs/locale/es';
import 'dayjs/locale/ru';
import { useState } from 'react';
import { MultiSelect, SegmentedControl } from '@mantine/core';
import { DatePickerInput } from '@mantine/dates';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { CalendarDays, Check, ChevronRight, Minus } from 'lucide-react';
import { Trans, useTranslation } from 'react-i18next';
import { accountsQuery } from '@/shared/api/accounts';
import { rpcQuery, useCall } from '@/shared/api/rpc';
import type { ExportFormat, ExportOptions } from '@/shared/api/schema.gen';
import { dayOf } from '@/shared/lib/days';
import { useFormat } from '@/shared/lib/format';
import { useLook } from '@/shared/lib/look';
import { useErrorText } from '@/shared/lib/useErrorText';
import { Icon } from '@/shared/ui/Icon';
import { narrowed, sentOf, usualColumns, type Order } from './order';
import { OrderFilters } from './OrderFilters';
import s from './Exports.module.css';

interface Props {
  options: ExportOptions;
  order: Order;
  errors: Record<string, string>;
  onChange: (patch: Partial<Order>) => void;
}

/** Which channels, which days, which columns; what will come of it stands below. */
export function ExportForm({ options, order, errors, onChange }: Props) {
  const { t, i18n } = useTranslation();
  const { timeZone } = useLook();
  const accounts = useQuery(accountsQuery(useCall())).data ?? [];
  const [unfolded, setUnfolded] = useState(narrowed(order));
  const chosen = order.columns ?? usualColumns(options);
  const toggle = (key: string) => {
    const next = chosen.includes(key) ? chosen.filter((one) => one !== key) : [...chosen, key];
    // In the order of files, never none at all.
    if (next.length > 0) onChange({ columns: options.columns.map((column) => column.key).filter((one) => next.includes(one)) });
  };
  const day = (which: 'first' | 'last') => (
    <DatePickerInput
      size="xs"
      label={t(`exports.${which}`)}
      value={order[which]}
      error={errors[`${which}_day`] ?? (which === 'last' && order.first > order.last ? t('exports.error.backwards') : undefined)}
      maxDate={dayOf(Date.now(), timeZone)}
      valueFormat="DD.MM.YYYY"
      locale={i18n.language}
      firstDayOfWeek={i18n.language === 'en' ? 0 : 1}
      weekendDays={[]}
      rightSection={<Icon of={CalendarDays} size={15} />}
      rightSectionPointerEvents="none"
      onChange={(value) => value && onChange({ [which]: value })}
    />
  );
  return (
    <section className={s.form}>
      <div className={s.line}>
        <MultiSelect
          label={t('exports.channels')}
          placeholder={order.accounts.length === 0 ? t('exports.allChannels') : undefined}
          searchable
          clearable
          data={accounts.map((row) => ({ value: String(row.id), label: row.name }))}
          value={order.accounts.map(String)}
          error={errors['account_ids']}
          onChange={(value) => onChange({ accounts: value.map(Number) })}
        />
        {day('first')}
        {day('last')}
      </div>
      <div className={s.row}>
        <div>
          <div className={s.label}>{t('exports.format')}</div>
          <SegmentedControl
            aria-label={t('exports.format')}
            value={order.format}
            onChange={(value) => onChange({ format: value as ExportFormat })}
            data={options.formats.map((value) => ({ value, label: t(`exports.formats.${value}`) }))}
          />
        </div>
        <button type="button" className={s.fold} aria-expanded={unfolded} onClick={() => setUnfolded(!unfolded)}>
          <Icon of={ChevronRight} size={15} />
          {t('exports.more')}
        </button>
      </div>
      {unfolded && <OrderFilters order={order} onChange={onChange} />}
      {order.format !== 'html' && (
        <div role="group" aria-label={t('exports.columns')}>
          <div className={s.label}>{t('exports.columns')}</div>
          <Columns options={options} order={order} chosen={chosen} onToggle={toggle} />
        </div>
      )}
      <Estimate order={order} />
    </section>
  );
}

const PAUSE_MS = 300;

function useEstimate(order: Order) {
  const [asked] = useDebouncedValue(order, PAUSE_MS);
  return useQuery({
    ...rpcQuery(useCall(), 'exports.estimate', sentOf(asked), []),
    enabled: asked.first <= asked.last,
    placeholderData: keepPreviousData,
    staleTime: 60_000,
    retry: false,
  });
}

function Columns({
  options,
  order,
  chosen,
  onToggle,
}: {
  options: ExportOptions;
  order: Order;
  chosen: string[];
  onToggle: (key: string) => void;
}) {
  const { t } = useTranslation();
  const { data } = useEstimate(order);
  const empty = new Map(data?.empty_percent ?? []);
  return (
    <div className={s.cols}>
      {options.columns.map(({ key, title }) => {
        const on = chosen.includes(key);
        const percent = empty.get(key) ?? 0;
        return (
          <button key={key} type="button" aria-pressed={on} onClick={() => onToggle(key)}>
            <Icon of={on ? Check : Minus} size={13} stroke={on ? 2.5 : 2} />
            {title}
            {on && percent >= 50 && <small>{percent >= 100 ? t('exports.allEmpty') : t('exports.emptyAt', { percent })}</small>}
          </button>
        );
      })}
    </div>
  );
}

function Estimate({ order }: { order: Order }) {
  const { t } = useTranslation();
  const format = useFormat();
  const errorText = useErrorText();
  const { data, error } = useEstimate(order);
  return (
    <p role="status">
      {error ? (
        errorText(error)
      ) : data?.rows === 0 ? (
        t('exports.nothing')
      ) : data ? (
        <Trans
          t={t}
          i18nKey="exports.estimate"
          count={data.rows}
          values={{ n: format.number(data.rows), size: format.size(data.bytes) }}
          components={{ b: <b className="num" /> }}
        />
      ) : (
        t('exports.counting')
      )}
    </p>
  );
}

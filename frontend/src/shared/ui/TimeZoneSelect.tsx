import { useMemo } from 'react';
import { Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { timeZones } from '../lib/timeZones';

interface Props {
  label: string;
  description?: string;
  value: string;
  error?: string | undefined;
  onChange: (value: string) => void;
}

/** A time zone by city and offset; typing searches both. */
export function TimeZoneSelect({ label, description, value, error, onChange }: Props) {
  const { i18n } = useTranslation();
  // The names follow the language.
  const data = useMemo(() => (i18n.language ? timeZones(value) : []), [i18n.language, value]);
  return (
    <Select
      label={label}
      description={description}
      error={error}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      searchable
      limit={60}
      data={data}
      value={value}
      onChange={(next) => next && onChange(next)}
    />
  );
}

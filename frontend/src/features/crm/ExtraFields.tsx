import { Button, Select, TextInput } from '@mantine/core';
import { Plus, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { ChoiceView } from '@/shared/api/schema.gen';
import { Tool } from '@/shared/ui/bits';
import { Icon } from '@/shared/ui/Icon';
import type { FieldTemplate } from './values';
import s from './Crm.module.css';

interface Props {
  label: string;
  hint: string | undefined;
  error: string | undefined;
  options: ChoiceView[];
  value: FieldTemplate[];
  onChange: (value: FieldTemplate[]) => void;
}

/** Fields of the CRM, each with what goes into it. */
export function ExtraFields({ label, hint, error, options, value, onChange }: Props) {
  const { t } = useTranslation();
  const put = (at: number, part: Partial<FieldTemplate>) => onChange(value.map((one, i) => (i === at ? { ...one, ...part } : one)));
  const free = options.find((option) => !value.some(({ field }) => field === option.value));
  return (
    <div role="group" aria-label={label}>
      <div className={s.label}>{label}</div>
      {value.map(({ field, template }, i) => (
        <div key={i} className={s.extra}>
          <Select
            aria-label={t('crm.form.field')}
            searchable
            data={options.map((option) => ({ value: option.value, label: option.label }))}
            value={field}
            onChange={(next) => next && put(i, { field: next })}
          />
          <TextInput
            aria-label={t('crm.form.template')}
            spellCheck={false}
            value={template}
            onChange={(e) => put(i, { template: e.currentTarget.value })}
          />
          <Tool label={t('crm.form.dropField')} onClick={() => onChange(value.filter((_, at) => at !== i))}>
            <Icon of={X} size={15} />
          </Tool>
        </div>
      ))}
      <Button
        variant="default"
        size="compact-sm"
        leftSection={<Icon of={Plus} size={14} />}
        disabled={!free}
        onClick={() => free && onChange([...value, { field: free.value, template: '' }])}
      >
        {t('crm.form.addField')}
      </Button>
      {(error ?? hint) && (
        <p className={s.hint} data-bad={error ? true : undefined}>
          {error ?? hint}
        </p>
      )}
    </div>
  );
}

import { useEffect, useRef, useState, type FormEvent } from 'react';
import { Select, Switch, Textarea, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { FieldView } from '@/shared/api/schema.gen';
import type { Connectable } from '@/shared/channels/channels';
import { Choices } from '@/shared/ui/Form';
import { SecretInput } from '@/shared/ui/SecretInput';
import type { Inputs } from './useLogin';
import s from './Step.module.css';

interface Props {
  id: string;
  channel: Connectable;
  fields: FieldView[];
  errors: Record<string, string>;
  disabled: boolean;
  onChange: () => void;
  onSubmit: (inputs: Inputs) => void;
}

/** More choices than this become a list that can be searched. */
const BOXES = 6;
const below = ['label', 'input', 'description', 'error'] as ('label' | 'input' | 'description' | 'error')[];

const startOf = (field: FieldView): string =>
  field.value ??
  (field.kind === 'switch' ? 'false' : field.kind === 'choice' && field.options.length === 1 ? (field.options[0]?.[0] ?? '') : '');

/** A form that a channel describes. What is typed lives here for as long as the same things are asked. */
export function StepForm({ id, channel, fields, errors, disabled, onChange, onSubmit }: Props) {
  const { t } = useTranslation();
  const form = useRef<HTMLFormElement>(null);
  const [inputs, setInputs] = useState<Inputs>(() => Object.fromEntries(fields.map((field) => [field.key, startOf(field)])));
  const [missing, setMissing] = useState<ReadonlySet<string>>(new Set());

  useEffect(() => {
    form.current?.querySelector<HTMLElement>('input, textarea')?.focus();
  }, []);
  const firstWrong = fields.find((field) => errors[field.key] || missing.has(field.key))?.key;
  useEffect(() => {
    if (firstWrong) form.current?.querySelector<HTMLElement>(`[name="${CSS.escape(firstWrong)}"]`)?.focus();
  }, [firstWrong, errors]);

  const set = (key: string, value: string) => {
    setInputs((old) => ({ ...old, [key]: value }));
    setMissing((old) => new Set([...old].filter((each) => each !== key)));
    onChange();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (disabled) return;
    const empty = fields
      .filter((field) => !field.optional && field.kind !== 'switch' && !inputs[field.key]?.trim())
      .map((field) => field.key);
    setMissing(new Set(empty));
    if (empty.length === 0) onSubmit(inputs);
  };

  return (
    <form id={id} ref={form} className={s.fields} onSubmit={submit} noValidate autoComplete="off">
      {fields.map((field, i) => {
        const label = channel.text(`field.${field.key}`) ?? field.key;
        const hint = channel.text(`field.${field.key}.hint`);
        const error = errors[field.key] ?? (missing.has(field.key) ? t('connect.required') : undefined);
        const value = inputs[field.key] ?? '';
        const common = {
          name: field.key,
          label: field.optional ? t('connect.optional', { label }) : label,
          description: hint,
          error,
          inputWrapperOrder: below,
          spellCheck: false,
          autoComplete: 'off',
          'data-autofocus': i === 0 || undefined,
        } as const;
        switch (field.kind) {
          case 'secret':
            return (
              <SecretInput
                key={field.key}
                {...common}
                value={value}
                autoComplete="new-password"
                visibilityToggleButtonProps={{ 'aria-label': t('connect.showSecret') }}
                onChange={(e) => set(field.key, e.currentTarget.value)}
              />
            );
          case 'lines':
            return (
              <Textarea
                key={field.key}
                {...common}
                autosize
                minRows={4}
                maxRows={10}
                value={value}
                onChange={(e) => set(field.key, e.currentTarget.value)}
              />
            );
          case 'switch':
            return (
              <Switch
                key={field.key}
                name={field.key}
                label={label}
                description={hint}
                error={error}
                checked={value === 'true'}
                onChange={(e) => set(field.key, String(e.currentTarget.checked))}
              />
            );
          case 'choice':
            return field.options.length <= BOXES ? (
              <div key={field.key}>
                <Choices
                  label={label}
                  value={value || null}
                  options={field.options.map(([option, title]) => ({ value: option, title }))}
                  onChange={(chosen) => set(field.key, chosen)}
                />
                {error && (
                  <p className="mantine-InputWrapper-error" style={{ color: 'var(--b-bad)' }} role="alert">
                    {error}
                  </p>
                )}
              </div>
            ) : (
              <Select
                key={field.key}
                {...common}
                searchable
                value={value || null}
                data={field.options.map(([option, title]) => ({ value: option, label: title }))}
                onChange={(chosen) => set(field.key, chosen ?? '')}
              />
            );
          default:
            return <TextInput key={field.key} {...common} value={value} onChange={(e) => set(field.key, e.currentTarget.value)} />;
        }
      })}
    </form>
  );
}

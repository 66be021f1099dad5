import { MultiSelect, Select, Switch, TagsInput, Textarea, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { accountsQuery } from '@/shared/api/accounts';
import { useCall } from '@/shared/api/rpc';
import type { CrmSettingInfo, JsonValue } from '@/shared/api/schema.gen';
import { useChannels } from '@/shared/channels/channels';
import type { CrmKind } from '@/shared/channels/crms';
import { ChannelMark } from '@/shared/ui/ChannelMark';
import { Choices } from '@/shared/ui/Form';
import { ExtraFields } from './ExtraFields';
import { useOptions } from './useOptions';
import { ALL, perChannel, type FieldTemplate } from './values';
import { Variables } from './Variables';
import s from './Crm.module.css';

interface Props {
  link: number;
  crm: CrmKind;
  setting: CrmSettingInfo;
  value: JsonValue | undefined;
  error: string | undefined;
  onChange: (value: JsonValue) => void;
}

/** One setting; where each channel may have its own value, a line for each. */
export function SettingField(props: Props) {
  const { t } = useTranslation();
  const { setting, crm, value, onChange } = props;
  const accounts = useQuery(accountsQuery(useCall())).data ?? [];
  const channels = useChannels();
  if (!setting.per_channel) return <Field {...props} />;
  const own = perChannel(value);
  const label = crm.text(`setting.${setting.key}`) ?? setting.key;
  const all = own ? (own[ALL] ?? '') : (value ?? '');
  return (
    <>
      <Field {...props} value={all} onChange={(next) => onChange(own ? { ...own, [ALL]: next } : next)} />
      <Switch
        label={t('crm.form.perChannel', { label })}
        checked={own !== null}
        onChange={(e) => onChange(e.currentTarget.checked ? { [ALL]: all } : all)}
      />
      {own && (
        <div className={s.map} role="group" aria-label={label}>
          {accounts.map((account) => {
            const mark = channels.find(({ info }) => info.id === account.channel)?.mark;
            return (
              <div key={account.id}>
                {mark && <ChannelMark mark={mark} size={18} />}
                <span className="cut">{account.name}</span>
                <Field
                  {...props}
                  bare={`${label}: ${account.name}`}
                  value={own[String(account.id)]}
                  onChange={(next) => {
                    const { [String(account.id)]: _old, ...others } = own;
                    const chosen = next !== '' && next !== null && !(setting.kind === 'live' && Array.isArray(next) && next.length === 0);
                    onChange(chosen ? { ...own, [String(account.id)]: next } : others);
                  }}
                />
              </div>
            );
          })}
        </div>
      )}
    </>
  );
}

/** `bare`: without a label, as one line of many. */
function Field({ link, crm, setting, value, error, onChange, bare }: Props & { bare?: string }) {
  const { t } = useTranslation();
  const { key, kind, many, min, max } = setting;
  const label = bare ? undefined : (crm.text(`setting.${key}`) ?? key);
  const hint = bare ? undefined : (crm.text(`setting.${key}.hint`) ?? undefined);
  const options = useOptions(link, crm, setting);
  const shared = {
    label,
    description: hint,
    error: bare ? undefined : error,
    inputWrapperOrder: ['label', 'input', 'description', 'error'] as ('label' | 'input' | 'description' | 'error')[],
    ...(bare ? { 'aria-label': bare, className: s.narrow ?? '' } : {}),
  };
  const text = typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  const list = Array.isArray(value) ? value.map(String) : [];
  const nobody = bare ? t('crm.form.asAll') : crm.text(`setting.${key}.none`);
  switch (kind) {
    case 'switch':
      return (
        <Switch
          label={label}
          description={hint}
          error={error}
          checked={value === true}
          onChange={(e) => onChange(e.currentTarget.checked)}
        />
      );
    case 'choice':
      return bare ? (
        <Select
          {...shared}
          data={options}
          value={text || null}
          placeholder={t('crm.form.asAll')}
          clearable
          onChange={(next) => onChange(next ?? '')}
        />
      ) : (
        <Choices
          label={label ?? key}
          options={options.map((option) => ({
            value: option.value,
            title: option.label,
            text: crm.text(`setting.${key}.${option.value}.hint`),
          }))}
          value={text}
          onChange={onChange}
        />
      );
    case 'live':
      return many ? (
        <MultiSelect
          {...shared}
          searchable
          {...(list.length === 0 && nobody ? { placeholder: nobody } : {})}
          data={grouped(options)}
          value={list}
          onChange={onChange}
        />
      ) : (
        <Select
          {...shared}
          searchable
          clearable
          placeholder={nobody ?? t('crm.form.byCrm')}
          data={grouped(options)}
          value={text || null}
          onChange={(next) => onChange(next ?? '')}
        />
      );
    case 'tags':
      return (
        <>
          <TagsInput {...shared} splitChars={[',', ';']} value={list} onChange={onChange} />
          <Variables onInsert={(name) => onChange([...list, name])} />
        </>
      );
    case 'fields':
      return (
        <ExtraFields
          label={label ?? key}
          hint={hint}
          error={error}
          options={options}
          value={(Array.isArray(value) ? value : []) as unknown as FieldTemplate[]}
          onChange={(next) => onChange(next as unknown as JsonValue)}
        />
      );
    case 'long_text':
      return <Textarea {...shared} autosize minRows={2} maxRows={8} value={text} onChange={(e) => onChange(e.currentTarget.value)} />;
    case 'template':
      return (
        <>
          <TextInput {...shared} spellCheck={false} value={text} onChange={(e) => onChange(e.currentTarget.value)} />
          {!bare && <Variables onInsert={(name) => onChange(`${text}${text && !/\s$/.test(text) ? ' ' : ''}${name}`)} />}
        </>
      );
    default:
      return (
        <TextInput
          {...shared}
          {...(kind === 'number' ? { inputMode: 'numeric', placeholder: min !== null && max !== null ? `${min}–${max}` : undefined } : {})}
          value={text}
          onChange={(e) => onChange(e.currentTarget.value)}
        />
      );
  }
}

type Item = { value: string; label: string };

/** Options of one group stand together: the stages of a pipeline. */
function grouped(options: ReturnType<typeof useOptions>): (Item | { group: string; items: Item[] })[] {
  const of = (group: string | null): Item[] =>
    options.filter((option) => option.group === group).map(({ value, label }) => ({ value, label }));
  const named = [...new Set(options.map(({ group }) => group))].filter((group) => group !== null);
  return [...of(null), ...named.map((group) => ({ group, items: of(group) }))];
}

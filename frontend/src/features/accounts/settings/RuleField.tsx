import { Switch, TagsInput, Textarea, TextInput } from '@mantine/core';
import { X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { JsonValue, SettingInfo } from '@/shared/api/schema.gen';
import { Choices } from '@/shared/ui/Form';
import { Icon } from '@/shared/ui/Icon';
import { TimeZoneSelect } from '@/shared/ui/TimeZoneSelect';
import { Weekdays } from '@/shared/ui/Weekdays';
import s from './Settings.module.css';

export interface FieldText {
  title: string;
  help: string | undefined;
  option: (option: string) => string;
}

interface Props {
  field: SettingInfo;
  text: FieldText;
  value: JsonValue | undefined;
  error: string | undefined;
  /** The word rule that decided about the text of the tester. */
  hit?: string | undefined;
  onChange: (value: JsonValue) => void;
}

const below = ['label', 'input', 'description', 'error'] as ('label' | 'input' | 'description' | 'error')[];
const wordsOf = (text: string): string[] => text.split(/\s+/).filter(Boolean);

/** One setting, drawn from its description. */
export function RuleField({ field: { key, kind, min, max, options }, text, value, error, hit, onChange }: Props) {
  const shared = { label: text.title, description: text.help, error, inputWrapperOrder: below };
  const typed = typeof value === 'string' ? value : '';
  if (key === WORDS) return <WordRules text={text} value={typed} error={error} hit={hit} onChange={onChange} />;
  switch (kind) {
    case 'switch':
      return (
        <Switch
          label={text.title}
          description={text.help}
          error={error}
          checked={value === true}
          onChange={(e) => onChange(e.currentTarget.checked)}
        />
      );
    case 'choice':
      return (
        <Choices
          label={text.title}
          options={options.map((option) => ({ value: option, title: text.option(option) }))}
          value={typed}
          onChange={onChange}
        />
      );
    case 'lines':
      return (
        <Textarea
          {...shared}
          autosize
          minRows={2}
          maxRows={10}
          spellCheck={false}
          value={typed}
          onChange={(e) => onChange(e.currentTarget.value)}
        />
      );
    case 'days':
      return (
        <Weekdays
          label={text.title}
          hint={error ?? text.help}
          bad={error !== undefined}
          value={Array.isArray(value) ? value.map(Number) : []}
          onChange={onChange}
        />
      );
    case 'time_zone':
      return (
        <TimeZoneSelect
          label={text.title}
          {...(text.help ? { description: text.help } : {})}
          value={typed}
          error={error}
          onChange={onChange}
        />
      );
    default:
      return (
        <TextInput
          {...shared}
          autoComplete="off"
          value={typed}
          {...(kind === 'number' || kind === 'time'
            ? { inputMode: 'numeric', placeholder: kind === 'time' ? '21:00' : min !== null && max !== null ? `${min}–${max}` : undefined }
            : {})}
          onChange={(e) => onChange(e.currentTarget.value)}
        />
      );
  }
}

/** The one field that every channel's filter has and that reads better as what it means: a rule each. */
const WORDS = 'filter.words';

function WordRules({
  text,
  value,
  error,
  hit,
  onChange,
}: Pick<Props, 'text' | 'error' | 'hit'> & { value: string; onChange: (value: string) => void }) {
  const { t } = useTranslation();
  return (
    <>
      <TagsInput
        label={text.title}
        placeholder={t(value ? 'channel.filter.oneMore' : 'channel.filter.rulesPlaceholder')}
        splitChars={[' ', '\n', '\t']}
        value={wordsOf(value)}
        error={error}
        spellCheck={false}
        classNames={{ input: s.rulesInput ?? '' }}
        onChange={(words) => onChange(words.flatMap(wordsOf).join('\n'))}
        renderPill={({ value: rule, onRemove }) => (
          <code className={s.rule} data-hit={hit === rule || undefined}>
            {rule}
            <button type="button" tabIndex={-1} aria-label={t('channel.filter.dropRule', { rule: String(rule) })} onClick={onRemove}>
              <Icon of={X} size={12} />
            </button>
          </code>
        )}
      />
      <p className={s.legend}>
        {(['whole', 'begin', 'end', 'inside'] as const).map((form) => (
          <span key={form}>
            <code>{t(`channel.filter.form.${form}.sample`)}</code> {t(`channel.filter.form.${form}.text`)}
          </span>
        ))}
      </p>
    </>
  );
}

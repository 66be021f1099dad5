import { SegmentedControl, Switch, TagsInput, Textarea } from '@mantine/core';
import { X } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FilterRules, Judged, WordMode } from '@/shared/api/planned';
import type { AccountId } from '@/shared/api/schema.gen';
import { Icon } from '@/shared/ui/Icon';
import { Section } from '@/shared/ui/Form';
import { FilterTester } from './FilterTester';
import type { Errors } from './SettingsForm';
import s from './Settings.module.css';

interface Props {
  accountId: AccountId;
  rules: FilterRules;
  changed: boolean;
  errors: Errors;
  onChange: (patch: Partial<FilterRules>) => void;
}

const modes: WordMode[] = ['all', 'matching', 'not_matching'];
const rulesOf = (words: string): string[] => words.split(/\s+/).filter(Boolean);
const below = ['label', 'input', 'description', 'error'] as ('label' | 'input' | 'description' | 'error')[];

/** CH-4 to CH-6, CH-9: whose messages and which are only kept. The tester beside it names the word and the rule. */
export function FilterSection({ accountId, rules, changed, errors, onChange }: Props) {
  const { t } = useTranslation();
  const [verdict, setVerdict] = useState<Judged | null>(null);
  return (
    <Section
      id="channel-filters"
      title={t('channel.filter.title')}
      hint={t('channel.filter.hint')}
      side={<FilterTester accountId={accountId} rules={rules} changed={changed} onVerdict={setVerdict} />}
    >
      <SegmentedControl
        fullWidth
        aria-label={t('channel.filter.mode')}
        data={modes.map((value) => ({ value, label: t(`channel.filter.modes.${value}`) }))}
        value={rules.mode}
        onChange={(value) => onChange({ mode: value as WordMode })}
      />
      <TagsInput
        aria-label={t('channel.filter.rules')}
        placeholder={t(rules.words ? 'channel.filter.oneMore' : 'channel.filter.rulesPlaceholder')}
        splitChars={[' ', '\n', '\t']}
        value={rulesOf(rules.words)}
        error={errors['words']}
        disabled={rules.mode === 'all'}
        spellCheck={false}
        classNames={{ input: s.rulesInput ?? '' }}
        onChange={(words) => onChange({ words: words.flatMap(rulesOf).join(' ') })}
        renderPill={({ value, onRemove }) => (
          <code className={s.rule} data-hit={verdict?.why.params?.['rule'] === value || undefined}>
            {value}
            <button type="button" tabIndex={-1} aria-label={t('channel.filter.dropRule', { rule: String(value) })} onClick={onRemove}>
              <Icon of={X} size={12} />
            </button>
          </code>
        )}
      />
      <p className={s.legend}>
        {(['whole', 'begin', 'end', 'inside'] as const).map((form) => (
          <Form key={form} sample={t(`channel.filter.form.${form}.sample`)} text={t(`channel.filter.form.${form}.text`)} />
        ))}
      </p>
      <Switch
        label={t('channel.filter.emoji')}
        description={t('channel.filter.emojiHint')}
        checked={rules.drop_emoji_only}
        onChange={(e) => onChange({ drop_emoji_only: e.currentTarget.checked })}
      />
      <Switch
        label={t('channel.filter.mailings')}
        description={t('channel.filter.mailingsHint')}
        checked={rules.hold_mailings}
        onChange={(e) => onChange({ hold_mailings: e.currentTarget.checked })}
      />
      <Textarea
        label={t('channel.filter.blackList')}
        description={t('channel.filter.blackListHint')}
        placeholder={t('channel.filter.blackListPlaceholder')}
        inputWrapperOrder={below}
        autosize
        minRows={2}
        maxRows={10}
        spellCheck={false}
        value={rules.black_list}
        error={errors['black_list']}
        onChange={(e) => onChange({ black_list: e.currentTarget.value })}
      />
    </Section>
  );
}

const Form = ({ sample, text }: { sample: string; text: string }) => (
  <>
    <code>{sample}</code>
    {text}
  </>
);

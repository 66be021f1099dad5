import { Switch, TextInput } from '@mantine/core';
import type { SettingInfo } from '@/shared/api/schema.gen';
import type { Channel } from '@/shared/channels/channels';

interface Props {
  channel: Channel;
  setting: SettingInfo;
  value: boolean | string;
  error: string | undefined;
  onChange: (value: boolean | string) => void;
}

/** One setting of a channel, drawn from its description. */
export function SettingField({ channel, setting: { key, kind, min, max }, value, error, onChange }: Props) {
  const label = channel.text(`setting.${key}`) ?? key;
  const hint = channel.text(`setting.${key}.hint`);
  if (kind === 'switch')
    return (
      <Switch label={label} description={hint} error={error} checked={value === true} onChange={(e) => onChange(e.currentTarget.checked)} />
    );
  return (
    <TextInput
      label={label}
      description={hint}
      error={error}
      value={String(value)}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      spellCheck={kind === 'text'}
      autoComplete="off"
      {...(kind === 'number'
        ? {
            inputMode: 'numeric',
            styles: { input: { maxWidth: '10rem' } },
            placeholder: min !== null && max !== null ? `${min}–${max}` : undefined,
          }
        : {})}
      onChange={(e) => onChange(e.currentTarget.value)}
    />
  );
}

import { TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Connectable } from '@/shared/channels/channels';
import { errorAt, type Network } from './network';

interface Props {
  channel: Connectable;
  value: Network;
  errors: Record<string, string>;
  onChange: (value: Network) => void;
  /** Leave the proxy to somebody else. */
  only?: 'endpoints';
}

const example = 'socks5://127.0.0.1:1080';
const below = ['label', 'input', 'description', 'error'] as ('label' | 'input' | 'description' | 'error')[];

/** The way to a network: a proxy, and addresses that replace its own. */
export function NetworkFields({ channel, value, errors, onChange, only }: Props) {
  return (
    <>
      {!only && <ProxyField value={value.proxy} error={errors.proxy} onChange={(proxy) => onChange({ ...value, proxy })} />}
      {channel.info.endpoints.map(({ key, default: own }) => (
        <TextInput
          key={key}
          label={channel.text(`endpoint.${key}`) ?? key}
          placeholder={own}
          spellCheck={false}
          autoComplete="off"
          inputWrapperOrder={below}
          value={value.endpoints[key] ?? ''}
          error={errorAt(errors, 'endpoint', key)}
          onChange={(e) => onChange({ ...value, endpoints: { ...value.endpoints, [key]: e.currentTarget.value } })}
        />
      ))}
    </>
  );
}

interface ProxyFieldProps {
  value: string;
  error: string | undefined;
  onChange: (value: string) => void;
  autoFocus?: boolean;
}

export function ProxyField({ value, error, onChange, autoFocus }: ProxyFieldProps) {
  const { t } = useTranslation();
  return (
    <TextInput
      label={t('accounts.form.proxy')}
      description={t('accounts.form.proxyHint')}
      placeholder={example}
      spellCheck={false}
      autoComplete="off"
      inputWrapperOrder={below}
      value={value}
      error={error}
      data-autofocus={autoFocus || undefined}
      onChange={(e) => onChange(e.currentTarget.value)}
    />
  );
}

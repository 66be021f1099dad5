import { useTranslation } from 'react-i18next';
import type { Channel } from '@/shared/channels/channels';
import { Section } from '@/shared/ui/Form';
import type { Network } from '../network';
import { NetworkFields } from '../NetworkFields';
import type { Errors } from './SettingsForm';

interface Props {
  channel: Channel;
  value: Network;
  errors: Errors;
  onChange: (value: Network) => void;
}

/** The way to the network. */
export function NetworkSection({ channel, value: { proxy, endpoints }, errors, onChange }: Props) {
  const { t } = useTranslation();
  return (
    <Section id="channel-network" title={t('channel.section.network')} hint={t('channel.networkHint')}>
      <NetworkFields channel={channel} value={{ proxy, endpoints }} errors={errors} onChange={onChange} />
    </Section>
  );
}

import { Button, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { AccountDetails } from '@/shared/api/schema.gen';
import { useReasonText } from '@/shared/channels/useReasonText';
import { useFormat } from '@/shared/lib/format';
import { Note, Section } from '@/shared/ui/Form';
import { ask, wayOut } from '../actions';

interface Props {
  details: AccountDetails;
  name: string;
  error: string | undefined;
  onName: (name: string) => void;
}

/** How the channel is called, since when it is here, what it needs. */
export function ConnectionSection({ details: { row, connected_at }, name, error, onName }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const reasonText = useReasonText();
  const { reason, action } = row.connection;
  const since = t('accounts.form.connectedAt', { date: format.dateTime(connected_at) });
  return (
    <Section id="channel-connection" title={t('channel.section.connection')} hint={[row.handle, since].filter(Boolean).join(' · ')}>
      {row.active && (reason || action) && (
        <Note
          tone="warn"
          action={
            action && (
              <Button size="compact-sm" variant="outline" onClick={() => ask(wayOut[action], row.id)}>
                {t(`accounts.wayOut.${action}`)}
              </Button>
            )
          }
        >
          {reason ? reasonText(reason) : t(`line.${row.connection.status}`)}
        </Note>
      )}
      <TextInput
        label={t('accounts.form.name')}
        description={t('accounts.form.nameHint')}
        value={name}
        error={error}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        onChange={(e) => onName(e.currentTarget.value)}
      />
    </Section>
  );
}

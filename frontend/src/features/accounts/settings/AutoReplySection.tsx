import { Switch, Textarea, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { AutoReply } from '@/shared/api/planned';
import type { Channel } from '@/shared/channels/channels';
import { Grid, Note, Section } from '@/shared/ui/Form';
import { TimeZoneSelect } from '@/shared/ui/TimeZoneSelect';
import { Holidays } from './Holidays';
import { ReplyPreview } from './ReplyPreview';
import type { Errors } from './SettingsForm';
import s from './Settings.module.css';

interface Props {
  channel: Channel;
  reply: AutoReply;
  errors: Errors;
  onChange: (patch: Partial<AutoReply>) => void;
}

/** A Monday; the names of the weekdays are read from the seven days after it. */
const MONDAY = Date.UTC(2024, 0, 1);

/** CH-7: what is answered by itself, and when. */
export function AutoReplySection({ channel, reply, errors, onChange }: Props) {
  const { t, i18n } = useTranslation();
  const weekday = new Intl.DateTimeFormat(i18n.language, { weekday: 'short', timeZone: 'UTC' });
  const long = new Intl.DateTimeFormat(i18n.language, { weekday: 'long', timeZone: 'UTC' });
  const toggle = (day: number) =>
    onChange({ weekdays: reply.weekdays.includes(day) ? reply.weekdays.filter((one) => one !== day) : [...reply.weekdays, day].sort() });
  const always = reply.from === reply.until;
  return (
    <Section
      id="channel-reply"
      title={t('channel.section.reply')}
      hint={t('channel.reply.hint')}
      side={<ReplyPreview text={reply.text} at={reply.from} />}
    >
      <Switch label={t('channel.reply.on')} checked={reply.on} onChange={(e) => onChange({ on: e.currentTarget.checked })} />
      <Textarea
        label={t('channel.reply.text')}
        description={t('channel.reply.textHint')}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        autosize
        minRows={2}
        maxRows={10}
        value={reply.text}
        error={errors['text']}
        onChange={(e) => onChange({ text: e.currentTarget.value })}
      />
      <Grid cols={[90, 90]}>
        <TextInput
          label={t('channel.reply.from')}
          inputMode="numeric"
          placeholder="21:00"
          value={reply.from}
          error={errors['from']}
          onChange={(e) => onChange({ from: e.currentTarget.value })}
        />
        <TextInput
          label={t('channel.reply.until')}
          inputMode="numeric"
          placeholder="10:00"
          value={reply.until}
          error={errors['until']}
          onChange={(e) => onChange({ until: e.currentTarget.value })}
        />
        <TimeZoneSelect
          label={t('channel.reply.zone')}
          value={reply.time_zone}
          error={errors['time_zone']}
          onChange={(time_zone) => onChange({ time_zone })}
        />
      </Grid>
      {always && <p className={s.hint}>{t('channel.reply.always')}</p>}
      <div role="group" aria-label={t('channel.reply.weekdays')}>
        <div className={s.label}>{t('channel.reply.weekdays')}</div>
        <div className={s.days}>
          {[1, 2, 3, 4, 5, 6, 7].map((day) => {
            const at = MONDAY + (day - 1) * 86_400_000;
            return (
              <button
                key={day}
                type="button"
                className={s.day}
                aria-pressed={reply.weekdays.includes(day)}
                aria-label={long.format(at)}
                onClick={() => toggle(day)}
              >
                {weekday.format(at)}
              </button>
            );
          })}
        </div>
      </div>
      <Holidays days={reply.holidays} error={errors['holidays']} onChange={(holidays) => onChange({ holidays })} />
      {reply.on && <Note tone="warn">{channel.text('warning.equal_texts') ?? t('channel.reply.ban')}</Note>}
    </Section>
  );
}

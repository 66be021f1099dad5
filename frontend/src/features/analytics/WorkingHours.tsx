import { useState } from 'react';
import { Button, Loader, Switch, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { nothing, rpcQuery, useCall, useRpcMutation } from '@/shared/api/rpc';
import type { AnalyticsSettings } from '@/shared/api/schema.gen';
import { useErrorText } from '@/shared/lib/useErrorText';
import { Dialog } from '@/shared/ui/Dialog';
import { Grid, Note } from '@/shared/ui/Form';
import { Weekdays } from '@/shared/ui/Weekdays';
import s from './Analytics.module.css';

const clock = (minutes: number): string => `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
/** Minutes since midnight; null when it is no time. */
function minutesOf(typed: string): number | null {
  const [, hours, minutes] = /^(\d{1,2}):(\d{2})$/.exec(typed.trim()) ?? [];
  const all = Number(hours) * 60 + Number(minutes);
  return hours !== undefined && Number(minutes) < 60 && all <= 1440 ? all : null;
}

/** In which hours an answer can be expected: what comes at night waits from the morning on. */
export function WorkingHours({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const { data } = useQuery(rpcQuery(useCall(), 'analytics.settings', nothing, ['settings', 'analytics']));
  if (!data)
    return (
      <Dialog title={t('analytics.workingHours')} width={480} opened onClose={onClose} closeLabel={t('act.close')}>
        <Loader size={18} aria-label={t('state.loading')} />
      </Dialog>
    );
  return <Form stored={data} onClose={onClose} />;
}

function Form({ stored, onClose }: { stored: AnalyticsSettings; onClose: () => void }) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const [on, setOn] = useState(stored.working_hours);
  const [from, setFrom] = useState(clock(stored.from_minutes));
  const [to, setTo] = useState(clock(stored.to_minutes));
  const [days, setDays] = useState(stored.days.flatMap((works, day) => (works ? [day + 1] : [])));
  const [tried, setTried] = useState(false);
  const save = useRpcMutation('analytics.save_settings', { onSuccess: onClose });
  const [begin, end] = [minutesOf(from), minutesOf(to)];
  const submit = () => {
    setTried(true);
    if (begin === null || end === null) return;
    const has = (day: number) => days.includes(day);
    save.mutate({
      working_hours: on,
      from_minutes: begin,
      to_minutes: end,
      days: [has(1), has(2), has(3), has(4), has(5), has(6), has(7)],
    });
  };
  const bad = (minutes: number | null) => (tried && minutes === null ? t('analytics.error.no_time') : undefined);
  return (
    <Dialog
      title={t('analytics.workingHours')}
      width={480}
      opened
      onClose={onClose}
      closeLabel={t('act.close')}
      footer={
        <>
          <Button variant="default" onClick={onClose}>
            {t('act.cancel')}
          </Button>
          <Button loading={save.isPending} onClick={submit}>
            {t('act.save')}
          </Button>
        </>
      }
    >
      <div className={s.form}>
        <Switch
          label={t('analytics.hoursOn')}
          description={t('analytics.hoursHint')}
          checked={on}
          onChange={(e) => setOn(e.currentTarget.checked)}
        />
        {on && (
          <>
            <Grid>
              <TextInput
                label={t('analytics.from')}
                inputMode="numeric"
                value={from}
                error={bad(begin)}
                onChange={(e) => setFrom(e.currentTarget.value)}
              />
              <TextInput
                label={t('analytics.to')}
                inputMode="numeric"
                value={to}
                error={bad(end)}
                onChange={(e) => setTo(e.currentTarget.value)}
              />
            </Grid>
            <Weekdays label={t('analytics.workingDays')} hint={undefined} bad={false} value={days} onChange={setDays} />
          </>
        )}
        {save.error && <Note tone="bad">{errorText(save.error)}</Note>}
      </div>
    </Dialog>
  );
}

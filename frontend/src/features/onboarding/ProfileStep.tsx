import { useState, type FormEvent } from 'react';
import { Button, SegmentedControl, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useSaveProfile } from '@/shared/api/profile';
import type { Profile } from '@/shared/api/schema.gen';
import { isLanguage, languages } from '@/shared/i18n';
import { languageNames } from '@/shared/i18n/names';
import { setLook } from '@/shared/lib/look';
import { systemTimeZone } from '@/shared/lib/timeZones';
import { useErrorText, useFieldErrors } from '@/shared/lib/useErrorText';
import { Note } from '@/shared/ui/Form';
import { TimeZoneSelect } from '@/shared/ui/TimeZoneSelect';
import s from './Onboarding.module.css';

/** Name, language and time zone; the last two are guessed and only have to be seen. */
export function ProfileStep({ profile, onDone }: { profile: Profile; onDone: () => void }) {
  const { t, i18n } = useTranslation();
  const errorText = useErrorText();
  const fieldErrors = useFieldErrors();
  const save = useSaveProfile();
  const [name, setName] = useState(profile.name);
  const [zone, setZone] = useState((profile.name ? null : systemTimeZone()) ?? profile.time_zone);
  const [empty, setEmpty] = useState(false);
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<unknown>(null);
  const told = refused ? fieldErrors(refused) : {};

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setEmpty(!name.trim());
    if (!name.trim() || busy) return;
    setBusy(true);
    setRefused(null);
    try {
      await save({ ...profile, name: name.trim(), language: i18n.language, time_zone: zone });
      onDone();
    } catch (cause) {
      setRefused(cause);
      setBusy(false);
    }
  };

  return (
    <form className={s.profile} onSubmit={(event) => void submit(event)} noValidate>
      <TextInput
        label={t('onboarding.name')}
        autoFocus
        autoComplete="name"
        value={name}
        error={empty ? t('onboarding.nameEmpty') : told['name']}
        onChange={(e) => {
          setName(e.currentTarget.value);
          setEmpty(false);
        }}
      />
      <div>
        <div className={s.label} id="first-language">
          {t('onboarding.language')}
        </div>
        <SegmentedControl
          aria-labelledby="first-language"
          fullWidth
          value={i18n.language}
          data={languages.map((value) => ({ value, label: languageNames[value] }))}
          onChange={(value) => isLanguage(value) && setLook({ language: value })}
        />
      </div>
      <TimeZoneSelect label={t('onboarding.zone')} value={zone} error={told['time_zone']} onChange={setZone} />
      {refused !== null && Object.keys(told).length === 0 && <Note tone="bad">{errorText(refused)}</Note>}
      <div>
        <Button type="submit" loading={busy}>
          {t('onboarding.next')}
        </Button>
      </div>
    </form>
  );
}

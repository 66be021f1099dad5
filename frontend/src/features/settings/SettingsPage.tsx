import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useBoot, useSaveSettings } from '@/shared/api/boot';
import { useSaveProfile } from '@/shared/api/profile';
import type { Boot } from '@/shared/api/schema.gen';
import { useErrorText, useFieldErrors } from '@/shared/lib/useErrorText';
import { Page } from '@/shared/ui/Page';
import { useTellDirty } from '@/shared/lib/useTellDirty';
import { SaveBar } from '@/shared/ui/Form';
import { Sections } from '@/shared/ui/Sections';
import { About } from './About';
import { draftOf, limitsDiffer, problemsOf, profileDiffers, profileOf, type SettingsDraft } from './draft';
import { LookSection } from './LookSection';
import { MessagesSection } from './MessagesSection';
import { NoticesSection } from './NoticesSection';
import { ProfileSection } from './ProfileSection';
import { ProgramSection } from './ProgramSection';
import { sections } from './sections';
import { RepliesSection } from './RepliesSection';
import { WaitingSection } from './WaitingSection';

interface Props {
  /** Something typed is not saved. */
  onDirty: (dirty: boolean) => void;
}

export function SettingsPage({ onDirty }: Props) {
  const { t } = useTranslation();
  const boot = useBoot();
  return <Page title={t('settings.title')}>{boot && <Body boot={boot} onDirty={onDirty} />}</Page>;
}

function Body({ boot, onDirty }: Props & { boot: Boot }) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const fieldErrors = useFieldErrors();
  const saveProfile = useSaveProfile();
  const saveSettings = useSaveSettings();
  const scroll = useRef<HTMLDivElement>(null);
  const stored = draftOf(boot.profile, boot.settings);
  const [draft, setDraft] = useState<SettingsDraft | null>(null);
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<unknown>(null);
  const shown = draft ?? stored;
  const dirty = draft !== null && (profileDiffers(draft, stored) || limitsDiffer(draft, stored));

  useTellDirty(dirty, onDirty);

  const typed = problemsOf(shown);
  const told: Record<string, string> = refused ? fieldErrors(refused) : {};
  const errors: Record<string, string | undefined> = {
    ...told,
    warn: told['wait_warn_minutes'],
    alarm: told['wait_alarm_minutes'],
    ...(tried ? Object.fromEntries(Object.entries(typed).map(([field, key]) => [field, t(key)])) : {}),
  };
  const change = (part: Partial<SettingsDraft>) => {
    setDraft({ ...shown, ...part });
    setRefused(null);
  };
  const drop = () => {
    setDraft(null);
    setTried(false);
    setRefused(null);
  };
  const save = async () => {
    setTried(true);
    if (Object.keys(typed).length > 0) {
      requestAnimationFrame(() => scroll.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
      return;
    }
    setBusy(true);
    try {
      if (profileDiffers(shown, stored)) await saveProfile(profileOf(shown, boot.profile));
      if (limitsDiffer(shown, stored))
        await saveSettings({ wait_warn_minutes: Number(shown.warn), wait_alarm_minutes: Number(shown.alarm) });
      drop();
    } catch (cause) {
      setRefused(cause);
    } finally {
      setBusy(false);
    }
  };
  const general = refused !== null && Object.keys(told).length === 0 ? errorText(refused) : undefined;

  return (
    <Sections
      label={t('settings.nav')}
      sections={sections.map((name) => ({ id: `settings-${name}`, title: t(`settings.section.${name}`) }))}
      scroll={scroll}
      bar={
        dirty && (
          <SaveBar
            text={t('form.notSaved')}
            problem={general}
            busy={busy}
            saveLabel={t('act.save')}
            dropLabel={t('form.drop')}
            onSave={() => void save()}
            onDrop={drop}
          />
        )
      }
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
        noValidate
      >
        <ProfileSection draft={shown} errors={errors} onChange={change} />
        <LookSection boot={boot} />
        <MessagesSection settings={boot.settings} />
        <RepliesSection />
        <NoticesSection settings={boot.settings} />
        <WaitingSection draft={shown} errors={errors} onChange={change} />
        <ProgramSection boot={boot} />
        <button type="submit" hidden />
      </form>
      <About version={boot.version} />
    </Sections>
  );
}

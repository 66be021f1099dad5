import { useRef, useState, type FormEvent } from 'react';
import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useReasonText } from '@/shared/channels/useReasonText';
import { useErrorText, useFieldErrors } from '@/shared/lib/useErrorText';
import { Note } from '@/shared/ui/Form';
import { SecretInput } from '@/shared/ui/SecretInput';
import { Gate } from './Gate';
import type { WorkspaceStatus } from './status';
import { useOwnCall } from './useOwnCall';
import s from './Gate.module.css';

const below = ['label', 'input', 'description', 'error'] as ('label' | 'input' | 'description' | 'error')[];

/** Asks for the passphrase, or for a new one where the system keeps no keys. */
export function UnlockScreen({ status }: { status: WorkspaceStatus }) {
  const { t } = useTranslation();
  const reasonText = useReasonText();
  const errorText = useErrorText();
  const fieldErrors = useFieldErrors();
  const unlock = useOwnCall('workspace.unlock');
  const field = useRef<HTMLInputElement>(null);
  const [passphrase, setPassphrase] = useState('');
  const [again, setAgain] = useState('');
  const [problem, setProblem] = useState<{ at: 'passphrase' | 'again'; text: string } | null>(null);
  const { first_time: first, shortest_passphrase: least, reason } = status;

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (unlock.isPending) return;
    const wrong = !passphrase
      ? { at: 'passphrase' as const, text: t('workspace.empty') }
      : first && [...passphrase].length < least
        ? { at: 'passphrase' as const, text: t('key.passphrase_short', { least }) }
        : first && passphrase !== again
          ? { at: 'again' as const, text: t('workspace.differ') }
          : null;
    setProblem(wrong);
    if (!wrong) unlock.mutate({ passphrase }, { onError: () => field.current?.select() });
  };
  const refused = unlock.error ? fieldErrors(unlock.error)['passphrase'] : undefined;
  const change = (set: (value: string) => void) => (event: { currentTarget: { value: string } }) => {
    set(event.currentTarget.value);
    setProblem(null);
    unlock.reset();
  };
  const eye = { 'aria-label': t('workspace.show') };
  // A wrong try puts its own reason into the state; the field says that already.
  const why = reason && !refused && reason.key !== 'key.wrong_passphrase' ? reasonText(reason) : undefined;

  return (
    <Gate lock title={t(first ? 'workspace.newTitle' : 'workspace.title')} text={why} {...(first ? { note: t('workspace.newText') } : {})}>
      <form className={s.form} onSubmit={submit} noValidate>
        <SecretInput
          ref={field}
          autoFocus
          readOnly={unlock.isPending}
          label={t('workspace.passphrase')}
          description={first ? t('workspace.newHint', { least }) : undefined}
          inputWrapperOrder={below}
          visibilityToggleButtonProps={eye}
          autoComplete={first ? 'new-password' : 'current-password'}
          value={passphrase}
          error={problem?.at === 'passphrase' ? problem.text : refused}
          onChange={change(setPassphrase)}
        />
        {first && (
          <SecretInput
            readOnly={unlock.isPending}
            label={t('workspace.again')}
            visibilityToggleButtonProps={eye}
            autoComplete="new-password"
            value={again}
            error={problem?.at === 'again' ? problem.text : undefined}
            onChange={change(setAgain)}
          />
        )}
        {unlock.error && !refused && <Note tone="bad">{errorText(unlock.error)}</Note>}
        {unlock.isPending && (
          <span className="unseen" role="status">
            {t('workspace.opening')}
          </span>
        )}
        <Button type="submit" fullWidth loading={unlock.isPending}>
          {t(first ? 'workspace.create' : 'workspace.unlock')}
        </Button>
      </form>
    </Gate>
  );
}

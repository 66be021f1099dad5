import { useState, type ReactNode } from 'react';
import { Button } from '@mantine/core';
import { Copy, ExternalLink } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { LoginView } from '@/shared/api/schema.gen';
import type { Connectable } from '@/shared/channels/channels';
import { useHost } from '@/shared/host';
import { ChannelMark } from '@/shared/ui/ChannelMark';
import { Icon } from '@/shared/ui/Icon';
import { ShowStep } from './ShowStep';
import { StepForm } from './StepForm';
import { StepText } from './StepText';
import type { Inputs } from './useLogin';
import s from './Step.module.css';

interface Props {
  channel: Connectable;
  title: string;
  view: LoginView;
  turn: number;
  busy: boolean;
  errors: Record<string, string>;
  formId: string;
  onDirty: () => void;
  onSubmit: (inputs: Inputs) => void;
  /** Problems and the way to the network, under the step. */
  children: ReactNode;
}

/** Draws a step as it comes, whatever the network is. */
export function LoginStep({ channel, title, view: { step }, turn, busy, errors, formId, onDirty, onSubmit, children }: Props) {
  const { t } = useTranslation();
  const words = step.kind === 'done' || step.kind === 'linked' ? null : channel.text(step.text, step.kind === 'input' ? step.params : {});
  const head = (
    <h3 className={s.title}>
      <ChannelMark mark={channel.mark} size={20} />
      {title}
    </h3>
  );
  const text = words && <StepText text={words} />;
  const form = (fields: Parameters<typeof StepForm>[0]['fields']) =>
    fields.length > 0 && (
      <StepForm
        key={fields.map((field) => field.key).join()}
        id={formId}
        channel={channel}
        fields={fields}
        errors={errors}
        disabled={busy}
        onChange={onDirty}
        onSubmit={onSubmit}
      />
    );

  switch (step.kind) {
    case 'input':
      return (
        <div className={s.step}>
          {head}
          {text}
          {form(step.fields)}
          {children}
        </div>
      );
    case 'open_url':
      return (
        <div className={s.step}>
          {head}
          {text}
          <OpenPage url={step.url} />
          {(step.fields.length === 0 || step.refresh_secs !== null) && (
            <div className={s.wait} role="status">
              <i className={s.spin} />
              {t('connect.waitPage')}
            </div>
          )}
          {form(step.fields)}
          {children}
        </div>
      );
    case 'show':
      return (
        <ShowStep
          show={step}
          turn={turn}
          head={
            <>
              {head}
              {text}
            </>
          }
        >
          {children}
        </ShowStep>
      );
    case 'wait':
      return (
        <div className={s.step}>
          {head}
          <div className={s.waiting} role="status">
            <i className={s.spin} />
            {text ?? t('connect.wait')}
          </div>
          {children}
        </div>
      );
    case 'done':
      return null;
  }
}

function OpenPage({ url }: { url: string }) {
  const { t } = useTranslation();
  const host = useHost();
  const [copied, setCopied] = useState(false);
  return (
    <div className={s.page}>
      <Button variant="outline" leftSection={<Icon of={ExternalLink} size={15} />} onClick={() => void host.openExternal(url)}>
        {t('connect.openPage')}
      </Button>
      <Button
        variant="subtle"
        leftSection={<Icon of={Copy} size={15} />}
        onClick={() => void navigator.clipboard.writeText(url).then(() => setCopied(true))}
      >
        {copied ? t('connect.copied') : t('connect.copyLink')}
      </Button>
    </div>
  );
}

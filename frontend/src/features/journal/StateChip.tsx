import { useTranslation } from 'react-i18next';
import type { Reason, ReplyState, SyncState } from '@/shared/api/schema.gen';
import { useReasonText } from '@/shared/channels/useReasonText';
import { Chip, type Tone } from '@/shared/ui/bits';

const tones: Record<SyncState, Tone> = {
  exported: 'ok',
  queued: 'info',
  filtered: 'muted',
  discarded: 'muted',
  skipped: 'muted',
  failed: 'bad',
};
const replyTones: Record<ReplyState, Tone> = { sent: 'ok', queued: 'info', failed: 'bad' };

/** The usual outcome is plain text; what differs has a ground, so that problems can be seen from afar. */
export function SyncChip({ state, reason }: { state: SyncState; reason: Reason | null }) {
  const { t } = useTranslation();
  const text = useReasonText();
  return (
    <span title={reason ? text(reason) : undefined}>
      <Chip tone={tones[state]} quiet={state === 'exported'}>
        {t(`journal.sync.${state}`)}
      </Chip>
    </span>
  );
}

export function ReplyChip({ state, reason }: { state: ReplyState; reason: Reason | null }) {
  const { t } = useTranslation();
  const text = useReasonText();
  return (
    <span title={reason ? text(reason) : undefined}>
      <Chip tone={replyTones[state]} quiet={state === 'sent'}>
        {t(`journal.reply.${state}`)}
      </Chip>
    </span>
  );
}

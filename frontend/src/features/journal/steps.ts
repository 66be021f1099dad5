import type { TFunction } from 'i18next';
import type { CrmLinkRow, MessageJournal, SyncState } from '@/shared/api/planned';
import type { Reason } from '@/shared/api/schema.gen';

export interface Step {
  at: number;
  tone: 'ok' | 'warn' | 'bad' | 'none';
  what: string;
  more: string | null;
}

const syncTone: Record<SyncState, Step['tone']> = {
  exported: 'ok',
  queued: 'none',
  discarded: 'none',
  filtered: 'none',
  skipped: 'none',
  failed: 'bad',
};
const deliveryTone = {
  queued: 'none',
  sending: 'none',
  parked: 'warn',
  sent: 'ok',
  failed: 'bad',
  uncertain: 'warn',
  cancelled: 'none',
} as const;

/** CH-14: everything that is known of a message's way, in the order of time. */
export function stepsOf(
  journal: MessageJournal,
  links: readonly CrmLinkRow[],
  t: TFunction,
  reasonText: (reason: Reason) => string,
): Step[] {
  const link = (id: number) => links.find((one) => one.id === id)?.name ?? t('journal.step.crm');
  const why = (reason: Reason | null) => (reason ? reasonText(reason) : null);
  const tries = (count: number) => (count > 1 ? t('journal.step.tries', { count }) : null);
  const both = (...parts: (string | null)[]) => parts.filter(Boolean).join(' · ') || null;
  const { delivery, judged, reply } = journal;
  const passes = judged?.verdict === 'pass';

  const steps: (Step | null)[] = [
    { at: journal.written_at, tone: 'ok', what: t('journal.step.written'), more: journal.author },
    reply && { at: reply.came_at, tone: 'ok', what: t('journal.step.fromCrm', { crm: link(reply.link_id) }), more: null },
    { at: journal.stored_at, tone: 'ok', what: t('journal.step.stored'), more: null },
    judged && {
      at: judged.at,
      tone: passes ? 'ok' : 'warn',
      what: t(passes ? 'journal.step.passed' : judged.verdict === 'held' ? 'journal.step.held' : 'journal.step.filtered'),
      more: reasonText(judged.reason),
    },
    journal.edited_at === null ? null : { at: journal.edited_at, tone: 'none', what: t('journal.step.edited'), more: null },
    journal.deleted_at === null ? null : { at: journal.deleted_at, tone: 'none', what: t('journal.step.deleted'), more: null },
    delivery && { at: delivery.queued_at, tone: 'ok', what: t('journal.step.queued'), more: null },
    delivery && delivery.state !== 'queued'
      ? {
          at: delivery.finished_at ?? delivery.started_at ?? delivery.queued_at,
          tone: deliveryTone[delivery.state],
          what: t(`journal.step.delivery.${delivery.state}`),
          more: both(tries(delivery.attempts), why(delivery.reason)),
        }
      : null,
    ...journal.receipts
      .filter(([tick]) => tick === 'delivered' || tick === 'read')
      .map(([tick, at]): Step => ({
        at,
        tone: 'ok',
        what: t(tick === 'read' ? 'journal.step.read' : 'journal.step.delivered'),
        more: null,
      })),
    ...journal.syncs.map((sync): Step => ({
      at: sync.settled_at ?? sync.tried_at ?? sync.queued_at,
      tone: syncTone[sync.state],
      what: t('journal.step.sync', { crm: link(sync.link_id), state: t(`journal.sync.${sync.state}`) }),
      more: both(
        sync.operation === 'message' ? null : t(`journal.step.operation.${sync.operation}`),
        tries(sync.attempts),
        why(sync.reason),
      ),
    })),
  ];
  return steps.filter((step) => step !== null).sort((a, b) => a.at - b.at);
}

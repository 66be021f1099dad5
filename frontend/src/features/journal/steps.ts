import type { TFunction } from 'i18next';
import type { JournalStep, JudgedView, LinkRow, Reason, SyncState } from '@/shared/api/schema.gen';

export interface Step {
  at: number | null;
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

function toneOf({ what, sync, delivery }: JournalStep): Step['tone'] {
  if (sync) return syncTone[sync];
  if (what === 'not_sent') return delivery === 'failed' ? 'bad' : 'warn';
  return what === 'sending' || what === 'sync_queued' || what === 'edited' || what === 'deleted' ? 'none' : 'ok';
}

/** What the filters of the channel said; nothing for what they never look at. */
export function verdictStep(judged: JudgedView | undefined, t: TFunction, reasonText: (reason: Reason) => string): Step[] {
  if (!judged || judged.decided_at === null) return [];
  const { verdict, reason, decided_at, hush } = judged;
  return [
    {
      at: decided_at,
      tone: verdict === 'pass' ? 'ok' : 'warn',
      what: t(`journal.step.verdict.${verdict}`),
      more: [reason, hush].flatMap((one) => (one ? [reasonText(one)] : [])).join(' · '),
    },
  ];
}

/** CH-14: what is known of a message's way, in words. Steps without a time are still to come and stand last. */
export function stepsOf(
  steps: readonly JournalStep[],
  links: readonly Pick<LinkRow, 'id' | 'name'>[],
  t: TFunction,
  reasonText: (reason: Reason) => string,
): Step[] {
  const drawn = steps.map((step): Step => {
    const crm = links.find(({ id }) => id === step.link_id)?.name ?? t('journal.step.crm');
    const more = [
      step.operation && step.operation !== 'message' ? t(`journal.step.operation.${step.operation}`) : null,
      step.attempts !== null && step.attempts > 1 ? t('journal.step.tries', { count: step.attempts }) : null,
      step.reason && reasonText(step.reason),
    ];
    return {
      at: step.at,
      tone: toneOf(step),
      what:
        step.what === 'synced' && step.sync
          ? t('journal.step.synced', { crm, state: t(`journal.sync.${step.sync}`) })
          : t(`journal.step.${step.what === 'synced' ? 'sync_queued' : step.what}`, { crm }),
      more: more.filter(Boolean).join(' · ') || null,
    };
  });
  return inOrder(drawn);
}

export const inOrder = (steps: readonly Step[]): Step[] => [...steps].sort((a, b) => (a.at ?? Infinity) - (b.at ?? Infinity));

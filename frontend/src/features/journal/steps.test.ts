import { beforeAll, expect, it } from 'vitest';
import type { i18n } from 'i18next';
import type { JournalStep } from '@/shared/api/schema.gen';
import { startI18n } from '@/shared/i18n';
import { stepsOf } from './steps';

let words: i18n;
beforeAll(async () => {
  words = await startI18n('ru');
});
const step = (what: JournalStep['what'], at: number | null, part: Partial<JournalStep> = {}): JournalStep => ({
  what,
  at,
  link_id: null,
  operation: null,
  sync: null,
  delivery: null,
  reason: null,
  attempts: null,
  ...part,
});
const told = (...steps: JournalStep[]) => stepsOf(steps, [{ id: 1, name: 'Ива' }], words.getFixedT('ru'), (reason) => reason.key);

it('tells the way of a message in the order of time, with what went wrong and how often', () => {
  const steps = told(
    step('written', 10),
    step('synced', null, { link_id: 1, sync: 'queued', operation: 'message' }),
    step('not_sent', 40, { delivery: 'failed', attempts: 3, reason: { key: 'reason.network' } }),
    step('stored', 12),
    step('synced', 41, { link_id: 7, sync: 'failed', operation: 'edit', attempts: 1 }),
  );
  expect(steps.map(({ what, tone, more }) => [what, tone, more])).toEqual([
    ['Написано', 'ok', null],
    ['Сохранено', 'ok', null],
    ['Не отправлено', 'bad', '3 попытки · reason.network'],
    ['CRM: не удалось', 'bad', 'изменение'],
    ['Ива: в очереди', 'none', null],
  ]);
});

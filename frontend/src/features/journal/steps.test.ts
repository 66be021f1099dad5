import { beforeAll, expect, it } from 'vitest';
import type { i18n } from 'i18next';
import { startI18n } from '@/shared/i18n';
import { journalAnswers } from '@/shared/test/world/journal';
import type { MessageJournal } from '@/shared/api/planned';
import { stepsOf } from './steps';

let words: i18n;
beforeAll(async () => {
  words = await startI18n('ru');
});
const links = [{ id: 1, crm: 'willow', name: 'Ива' }];
const told = (change: (journal: MessageJournal) => Partial<MessageJournal>) => {
  const journal = journalAnswers(1_000_000_000)['journal.message']!({ message_id: 8997 }) as MessageJournal;
  return stepsOf({ ...journal, ...change(journal) }, links, words.getFixedT('ru'), (reason) => reason.key);
};

it('tells the way of a message in the order of time, with what went wrong and how often', () => {
  const steps = told(() => ({}));
  expect(steps.map(({ what }) => what)).toEqual([
    'Написано',
    'Сохранено',
    'В очереди на отправку',
    'Не отправлено',
    'CRM: в очереди',
    'Ива: не удалось',
  ]);
  expect(steps[3]).toMatchObject({ tone: 'bad', more: '3 попытки · reason.network' });
});

it('says why a filter kept it and that it came from a CRM', () => {
  const steps = told(({ written_at }) => ({
    delivery: null,
    syncs: [],
    judged: { verdict: 'held', reason: { key: 'verdict.mailing' }, at: written_at + 9 },
    reply: { link_id: 1, written_at, came_at: written_at + 2 },
  }));
  expect(steps.map(({ what }) => what)).toEqual(['Написано', 'Пришло из CRM: Ива', 'Сохранено', 'Придержано до ответа клиента']);
});

// The journal of the invented workspace: what came and went today, and what became of it in two invented CRMs.
import type { JournalFilter, JournalItem, JournalStep, ReplyItem, SyncState } from '../../api/schema.gen';
import { ApiError } from '../../api/errors';
import type { Answers } from '../fakeHost';
import { links } from './links';

const MINUTE = 60_000;
const said: [account: number, client: string, text: string, out: boolean, minutes: number, states: [SyncState, SyncState]][] = [
  [1, 'Марина Соколова', 'И ещё: можно ли фасады в матовом исполнении?', false, 1, ['queued', 'exported']],
  [1, 'Марина Соколова', 'Только после 13, раньше никого не будет дома', false, 3, ['exported', 'exported']],
  [2, 'Игорь Панфилов', 'Колодки на Октавию есть в наличии?', false, 4, ['exported', 'exported']],
  [1, 'Марина Соколова', 'Адрес тот же, Лесная, 14?', true, 7, ['failed', 'queued']],
  [3, 'Ольга Дмитриевна Верещагина-Лисицына', 'Хочу букет на завтра к 9 утра 💐 получится?', false, 12, ['exported', 'exported']],
  [3, 'promo.reklama', 'Продвижение вашего аккаунта, гарантия результата', false, 13, ['filtered', 'filtered']],
  [1, 'Снабжение «Уютный дом»', 'Артём: накладную отправил', false, 15, ['discarded', 'exported']],
  [5, 'Сергей Котов', 'Диван «Осло», отдадите за 38 000?', false, 31, ['exported', 'exported']],
  [4, 'Анна Лебедева', 'Тогда ждём замерщика в четверг, спасибо!', true, 38, ['exported', 'exported']],
  [2, 'Тимур Галиев', 'Скидка 10 % на матрасы до воскресенья', true, 53, ['skipped', 'skipped']],
  [6, 'Дарья Ким', 'Отправила фото витрины, посмотрите', true, 62, ['exported', 'exported']],
  [4, 'Виктор Зайцев', 'Фильтр масляный, артикул 03C115561H', true, 95, ['failed', 'exported']],
  [7, 'Павел Ермолаев', 'Резонатор пришёл, можно забирать', true, 193, ['exported', 'exported']],
];
const nets = ['swift', 'swift', 'dove', 'petal', 'agora', 'bazaar', 'maple', 'robot'];
const reasons: Partial<Record<SyncState, { key: string; params?: Record<string, string> }>> = {
  failed: { key: 'reason.network' },
  filtered: { key: 'verdict.word', params: { rule: 'продвижен*', word: 'Продвижение' } },
};

export function journalAnswers(now: number): Answers {
  const rows: JournalItem[] = Array.from({ length: 12 }).flatMap((_, day) =>
    said.map(([account, client, text, out, minutes, states], i): JournalItem => {
      const at = now - minutes * MINUTE - day * 200 * MINUTE;
      return {
        id: 9000 - day * 20 - i,
        conversation_id: 1 + (i % 7),
        account_id: account,
        channel: nets[account] ?? 'swift',
        kind: account === 5 ? 'comments' : 'direct',
        title: account === 5 ? 'Диван «Осло»' : null,
        contact_id: 1 + i,
        client,
        direction: out ? 'out' : 'in',
        preview: { kind: 'text', text },
        written_at: at,
        imported_at: at + 400,
        tick: out ? 'sent' : null,
        judged: states[0] === 'filtered' ? (reasons.filtered ?? null) : null,
        syncs: links.map((link, k) => {
          const state = states[k] ?? 'exported';
          return { link_id: link.id, status: state, reason: reasons[state] ?? null, attempts: state === 'failed' ? 3 : 1, at: at + 900 };
        }),
      };
    }),
  );
  const fits = ({ from, before, account_ids, client, direction, link_id, status }: JournalFilter) =>
    rows.filter(
      (row) =>
        row.written_at >= (from ?? 0) &&
        row.written_at < (before ?? Infinity) &&
        (!account_ids?.length || account_ids.includes(row.account_id ?? 0)) &&
        row.client.toLowerCase().includes((client ?? '').toLowerCase()) &&
        (direction === undefined || row.direction === direction) &&
        (status === undefined || row.syncs.some((sync) => sync.status === status && (link_id === undefined || sync.link_id === link_id))),
    );
  const replies: ReplyItem[] = said.slice(0, 6).map(([account, client, , , minutes], i) => ({
    id: 50 - i,
    link_id: 1 + (i % 2),
    author: i === 3 ? null : 'Олег Тарасов',
    automatic: i === 3,
    conversation_id: i === 4 ? null : 1 + i,
    account_id: account,
    channel: nets[account] ?? null,
    client: i === 4 ? null : client,
    text: ['Замерщик будет в четверг', 'Счёт отправил', 'Есть, отложить?', 'Оцените нашу работу', 'Добрый день!', ''][i] ?? '',
    files: i === 5 ? ['Каталог.pdf'] : [],
    written_at: now - minutes * MINUTE,
    status: i === 2 ? 'failed' : i === 0 ? 'queued' : 'sent',
    reason: i === 2 ? { key: 'reason.network' } : null,
    attempts: i === 2 ? 5 : 1,
    updated_at: now - minutes * MINUTE + 1500,
  }));
  return {
    'journal.list': ({ filter, after, limit = 50 }) => {
      const all = fits(filter);
      const from = Number(after ?? 0);
      return { items: all.slice(from, from + limit), next: from + limit < all.length ? String(from + limit) : null };
    },
    'journal.totals': (filter) => {
      const all = fits(filter);
      return {
        incoming: all.filter((row) => row.direction === 'in').length,
        outgoing: all.filter((row) => row.direction === 'out').length,
        clients: new Set(all.map((row) => row.client)).size,
      };
    },
    'journal.message': ({ message_id }) => {
      const row = rows.find((one) => one.id === message_id);
      if (!row) throw new ApiError('not_found');
      const at = row.written_at;
      const step = (what: JournalStep['what'], after: number | null, part: Partial<JournalStep> = {}): JournalStep => ({
        what,
        at: after === null ? null : at + after,
        link_id: null,
        operation: null,
        sync: null,
        delivery: null,
        reason: null,
        attempts: null,
        ...part,
      });
      const failed = row.syncs[0]?.status === 'failed';
      const sent = failed
        ? step('not_sent', 28_000, { delivery: 'failed', reason: { key: 'reason.network' }, attempts: 3 })
        : step('accepted', 900, { delivery: 'sent', attempts: 1 });
      return {
        steps: [
          step('written', 0),
          step('stored', 4),
          ...(row.direction === 'out' ? [step('queued', 8), sent] : []),
          ...row.syncs.map(({ link_id, status, reason, attempts }) =>
            step('synced', status === 'queued' ? null : 30_052, { link_id, sync: status, operation: 'message', reason, attempts }),
          ),
        ],
      };
    },
    'messages.judged': ({ message_id }) => {
      const row = rows.find((one) => one.id === message_id);
      if (!row) throw new ApiError('not_found');
      const decided_at = row.direction === 'in' ? row.written_at + 7 : null;
      return { verdict: row.judged ? 'filtered' : 'pass', reason: row.judged ?? { key: 'verdict.clean' }, decided_at, hush: null };
    },
    'journal.retry': () => ({ count: 2 }),
    'replies.list': ({ filter: { status, client } }) => ({
      items: replies.filter(
        (row) => (status === undefined || row.status === status) && (row.client ?? '').toLowerCase().includes((client ?? '').toLowerCase()),
      ),
      next: null,
    }),
    'replies.retry': ({ reply_id }) => {
      replies.forEach((row) => {
        if (row.id === reply_id) row.status = 'queued';
      });
      return {};
    },
  };
}

// The journal of the invented workspace: what came and went today, and what became of it in two invented CRMs.
import type { JournalQuery, JournalRow, MessageJournal, ReplyRow, SyncState } from '../../api/planned';
import { ApiError } from '../../api/errors';
import type { Answers } from '../fakeHost';

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
const links = [
  { id: 1, crm: 'willow', name: 'Ива · uyutdom' },
  { id: 2, crm: 'aspen', name: 'Осина · parts' },
];

const reasons: Partial<Record<SyncState, { key: string; params?: Record<string, string> }>> = {
  failed: { key: 'reason.network' },
  filtered: { key: 'verdict.word', params: { rule: 'продвижен*', word: 'Продвижение' } },
};

export function journalAnswers(now: number): Answers {
  const rows: JournalRow[] = Array.from({ length: 12 }).flatMap((_, day) =>
    said.map(([account, contact, text, out, minutes, states], i): JournalRow => {
      const at = now - minutes * MINUTE - day * 200 * MINUTE;
      return {
        id: 9000 - day * 20 - i,
        conversation_id: 1 + (i % 7),
        account_id: account,
        channel: nets[account] ?? 'swift',
        kind: account === 5 ? 'comments' : 'direct',
        title: account === 5 ? 'Диван «Осло»' : null,
        contact_id: 1 + i,
        contact,
        direction: out ? 'out' : 'in',
        preview: { kind: 'text', text },
        written_at: at,
        imported_at: at + 400,
        tick: out ? 'sent' : null,
        filtered: states[0] === 'filtered' ? (reasons.filtered ?? null) : null,
        syncs: links.map((link, k) => {
          const state = states[k] ?? 'exported';
          return { link_id: link.id, state, reason: reasons[state] ?? null, attempts: state === 'failed' ? 3 : 1, settled_at: at + 900 };
        }),
      };
    }),
  );
  const fits = ({ from, before, account_ids, contact, direction, link_id, state }: JournalQuery) =>
    rows.filter(
      (row) =>
        (from === null || row.written_at >= from) &&
        (before === null || row.written_at < before) &&
        (account_ids.length === 0 || account_ids.includes(row.account_id ?? 0)) &&
        row.contact.toLowerCase().includes(contact.toLowerCase()) &&
        (direction === null || row.direction === direction) &&
        (state === null || row.syncs.some((sync) => sync.state === state && (link_id === null || sync.link_id === link_id))),
    );
  const replies: ReplyRow[] = said.slice(0, 6).map(([account, contact, , , minutes], i) => ({
    id: 50 - i,
    link_id: 1 + (i % 2),
    author: i === 3 ? null : 'Олег Тарасов',
    automatic: i === 3,
    conversation_id: i === 4 ? null : 1 + i,
    account_id: account,
    channel: nets[account] ?? null,
    contact: i === 4 ? null : contact,
    text: ['Замерщик будет в четверг', 'Счёт отправил', 'Есть, отложить?', 'Оцените нашу работу', 'Добрый день!', ''][i] ?? '',
    files: i === 5 ? ['Каталог.pdf'] : [],
    written_at: now - minutes * MINUTE,
    state: i === 2 ? 'failed' : i === 0 ? 'queued' : 'sent',
    reason: i === 2 ? { key: 'reason.network' } : null,
    attempts: i === 2 ? 5 : 1,
    updated_at: now - minutes * MINUTE + 1500,
  }));
  return {
    'crm.links': () => links,
    'journal.messages': ({ cursor, limit, ...query }) => {
      const all = fits(query);
      const from = cursor === null ? 0 : Number(cursor);
      return { items: all.slice(from, from + limit), cursor: from + limit < all.length ? String(from + limit) : null };
    },
    'journal.totals': (query) => {
      const all = fits(query);
      const stuck = (state: SyncState) => all.filter((row) => row.syncs.some((sync) => sync.state === state)).length;
      return {
        incoming: all.filter((row) => row.direction === 'in').length,
        outgoing: all.filter((row) => row.direction === 'out').length,
        clients: new Set(all.map((row) => row.contact)).size,
        failed: stuck('failed'),
        queued: stuck('queued'),
      };
    },
    'journal.message': ({ message_id }): MessageJournal => {
      const row = rows.find((one) => one.id === message_id);
      if (!row) throw new ApiError('not_found');
      const at = row.written_at;
      const out = row.direction === 'out';
      const failed = row.syncs[0]?.state === 'failed';
      return {
        row,
        author: out ? 'Ирина Белова' : row.contact,
        written_at: at,
        stored_at: at + 4,
        edited_at: null,
        deleted_at: null,
        judged: out ? null : { verdict: row.filtered ? 'filtered' : 'pass', reason: row.filtered ?? { key: 'verdict.clean' }, at: at + 7 },
        delivery: out
          ? {
              state: failed ? 'failed' : 'sent',
              reason: failed ? { key: 'reason.network' } : null,
              attempts: failed ? 3 : 1,
              queued_at: at + 8,
              started_at: at + 900,
              finished_at: at + 28_000,
            }
          : null,
        receipts: out && !failed ? [['delivered', at + 29_000]] : [],
        syncs: row.syncs.map((sync) => ({
          ...sync,
          operation: 'message' as const,
          queued_at: at + 20,
          tried_at: at + 30_000,
          settled_at: sync.state === 'queued' ? null : at + 30_052,
        })),
        reply: null,
      };
    },
    'journal.retry': () => ({ queued: 2 }),
    'journal.replies': ({ state, contact }) => ({
      items: replies.filter(
        (row) => (state === null || row.state === state) && (row.contact ?? '').toLowerCase().includes(contact.toLowerCase()),
      ),
      cursor: null,
    }),
    'journal.retry_reply': ({ reply_id }) => {
      replies.forEach((row) => {
        if (row.id === reply_id) row.state = 'queued';
      });
      return {};
    },
  };
}

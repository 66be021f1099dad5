import type { Change, ExportRow } from '../../api/schema.gen';
import type { Answers } from '../fakeHost';

const HOUR = 3_600_000;
const columns = [
  ['channel', 'Канал'],
  ['client', 'Клиент'],
  ['content', 'Содержимое'],
  ['written', 'Написано'],
  ['context', 'Контекст'],
  ['phone', 'Телефон'],
  ['responsible', 'Ответственный'],
  ['lead', 'Сделка'],
  ['status', 'Статус'],
] as const;

/** Files of the invented workspace: one is being made. */
export function exportAnswers(announce: (change: Change) => void, now: number, empty: boolean): Answers {
  let last = 10;
  const file = (
    id: number,
    name: string,
    account_ids: number[],
    days: [string, string],
    rows: number,
    bytes: number,
    part: Partial<ExportRow> = {},
  ): ExportRow => ({
    id,
    name,
    folder: '/home/irina/Besedka/exports',
    format: 'xlsx',
    table: null,
    account_ids,
    first_day: days[0],
    last_day: days[1],
    status: 'done',
    reason: null,
    rows,
    rows_total: rows,
    bytes,
    empty: rows === 0,
    missing: false,
    author: 'Ирина Белова',
    created_at: now - (6 - id) * 70 * HOUR,
    started_at: now - 60_000,
    finished_at: now,
    ...part,
  });
  let files: ExportRow[] = empty
    ? []
    : [
        file(6, 'Беседка_все_каналы_2026.xlsx', [], ['2026-01-01', '2026-11-21'], 612_400, 0, {
          status: 'running',
          rows_total: 1_004_118,
          started_at: now - 150_000,
        }),
        file(5, 'Беседка_мебель_октябрь.xlsx', [1, 2, 5], ['2026-10-01', '2026-10-31'], 48_206, 12_373_196),
        file(4, 'Беседка_цветы_8_марта.xlsx', [3, 6], ['2026-03-01', '2026-03-09'], 12_940, 3_250_586),
        file(3, 'Беседка_всё_2025.xlsx', [1, 2, 3, 4, 5], ['2025-01-01', '2025-12-31'], 311_008, 0, {
          status: 'cancelled',
          author: 'Олег Тарасов',
        }),
        file(2, 'Беседка_автозапчасти_сентябрь.xlsx', [4, 1], ['2026-09-01', '2026-09-30'], 0, 0, {
          status: 'failed',
          reason: { key: 'exports.error.disk_full', params: { folder: '/home/irina' } },
          author: 'Олег Тарасов',
        }),
        file(1, 'Беседка_мебель_сентябрь.xlsx', [1, 2, 5], ['2026-09-01', '2026-09-30'], 44_871, 11_429_478),
      ];
  const put = (next: ExportRow[]) => {
    files = next;
    announce({ tag: 'exports' });
    return {};
  };
  return {
    'exports.options': () => ({
      columns: columns.map(([key, title], i) => ({ key, title, usual: i < 5 })),
      formats: ['xlsx', 'csv', 'jsonl', 'html'],
      folder: '/home/irina/Besedka/exports',
    }),
    'exports.estimate': ({ account_ids, columns: asked }) => ({
      rows: empty ? 0 : 12_133 * (account_ids.length || 3),
      bytes: 3_145_728 * (account_ids.length || 3),
      empty_percent: asked.length === 0 || asked.includes('context') ? [['context', 62]] : [],
    }),
    'exports.list': () => files,
    'exports.start': ({ account_ids, first_day, last_day, format }) => {
      const id = ++last;
      put([
        file(id, `Беседка_${first_day}_${last_day}.${format}`, account_ids, [first_day, last_day], 0, 0, {
          status: 'waiting',
          rows_total: 36_400,
          started_at: null,
          created_at: now,
        }),
        ...files,
      ]);
      return { export_id: id };
    },
    'exports.cancel': ({ export_id }) => put(files.map((one) => (one.id === export_id ? { ...one, status: 'cancelled' } : one))),
    'exports.repeat': ({ export_id }) => put(files.map((one) => (one.id === export_id ? { ...one, status: 'waiting', rows: 0 } : one))),
    'exports.delete': ({ export_id }) => put(files.filter((one) => one.id !== export_id)),
  };
}

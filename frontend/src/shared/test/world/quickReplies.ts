import { ApiError } from '../../api/errors';
import type { Change, Expanded, QuickReplies, QuickReplyView } from '../../api/schema.gen';
import { piecesOf } from '../../lib/placeholders';
import type { Answers } from '../fakeHost';

const MB = 2 ** 20;
const placeholders = [
  ...['name', 'first_name', 'phone', 'city', 'username'].map((key) => `contact.${key}`),
  ...['name', 'phone', 'email'].map((key) => `operator.${key}`),
  'channel.name',
  ...['id', 'name', 'budget', 'status'].map((key) => `lead.${key}`),
  'company.name',
  ...['name', 'email'].map((key) => `responsible.${key}`),
];
const texts: [name: string, text: string, folder: number | null, part?: Partial<QuickReplyView>][] = [
  [
    'адрес',
    'Шоурум: Лесная, 14, вход со двора. Работаем ежедневно с 10 до 21.',
    1,
    { files: [{ position: 0, name: 'Схема проезда.png', mime: 'image/png', size: MB / 2, kind: 'image' }] },
  ],
  ['замер', '{contact.first_name|Здравствуйте}, замер бесплатный и занимает 30–40 минут. Какой день удобен?', 1],
  ['запись-на-замер', 'Записали вас на замер. {responsible.name|Замерщик} позвонит за час.', 1],
  ['оплата', 'Счёт по сделке № {lead.id} на {lead.budget} отправили на почту.', 2],
  ['доставка', 'Доставим за 2–3 дня после готовности. Подъём на этаж включён.', 2],
  ['подпись', '{operator.name}, «Уютный дом». Звоните: {operator.phone|+7 900 000-00-01}', null, { shared: false }],
];

/** Quick replies of the invented workspace. */
export function quickReplyAnswers(announce: (change: Change) => void, empty: boolean): Answers {
  let last = 100;
  let data: QuickReplies = empty
    ? { folders: [], items: [], placeholders }
    : {
        folders: [
          { id: 1, name: 'Замер и шоурум' },
          { id: 2, name: 'Оплата и доставка' },
        ],
        placeholders,
        items: texts.map(([name, text, folder_id, part], i) => ({
          id: i + 1,
          folder_id,
          name,
          text,
          shared: true,
          used: 12 - i * 2,
          files: [],
          ...part,
        })),
      };
  const put = (change: Partial<QuickReplies>) => {
    data = { ...data, ...change };
    announce({ tag: 'quick_replies' });
    return {};
  };
  const values: Record<string, string> = {
    'contact.name': 'Марина Соколова',
    'contact.first_name': 'Марина',
    'contact.phone': '+7 900 000-00-23',
    'operator.name': 'Ирина Белова',
    'lead.id': '48213',
  };
  const fill = (text: string): Omit<Expanded, 'uploads'> => {
    const pieces = piecesOf(text);
    return {
      text: pieces.map((piece) => ('text' in piece ? piece.text : (values[piece.key] ?? piece.fallback ?? piece.typed))).join(''),
      unresolved: pieces.flatMap((piece) => ('key' in piece && !values[piece.key] && !piece.fallback ? [piece.key] : [])),
    };
  };
  return {
    'quick_replies.list': () => data,
    'quick_replies.fill': ({ text }) => ({ ...fill(text), uploads: [] }),
    'quick_replies.save': ({ id, files, ...rest }) => {
      const old = data.items.find((reply) => reply.id === id);
      const kept = files.flatMap((file) =>
        file.from === 'kept' ? (old?.files.filter(({ position }) => position === file.position) ?? []) : [],
      );
      const added = files
        .filter(({ from }) => from === 'upload')
        .map((_, i) => ({ position: 10 + i, name: `Файл ${i + 1}.pdf`, mime: 'application/pdf', size: MB, kind: 'document' as const }));
      const next: QuickReplyView = { used: 0, ...old, ...rest, id: old?.id ?? ++last, files: [...kept, ...added] };
      put({ items: old ? data.items.map((reply) => (reply.id === id ? next : reply)) : [...data.items, next] });
      return { id: next.id };
    },
    'quick_replies.delete': ({ id }) => put({ items: data.items.filter((reply) => reply.id !== id) }),
    'quick_reply_folders.save': ({ id, name }) => {
      const made = id ?? ++last;
      put({
        folders: id === undefined ? [...data.folders, { id: made, name }] : data.folders.map((one) => (one.id === id ? { id, name } : one)),
      });
      return { id: made };
    },
    'quick_reply_folders.delete': ({ id }) =>
      put({
        folders: data.folders.filter((folder) => folder.id !== id),
        items: data.items.map((reply) => (reply.folder_id === id ? { ...reply, folder_id: null } : reply)),
      }),
    'quick_replies.expand': ({ id }) => {
      const reply = data.items.find((one) => one.id === id);
      if (!reply) throw new ApiError('not_found');
      return { ...fill(reply.text), uploads: reply.files.map(({ position, ...file }) => ({ ...file, upload_id: 700 + position })) };
    },
  };
}

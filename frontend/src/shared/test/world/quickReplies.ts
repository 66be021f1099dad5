import type { QuickReplies, QuickReply } from '../../api/planned';
import { ApiError } from '../../api/errors';
import type { Change } from '../../api/schema.gen';
import { piecesOf } from '../../lib/placeholders';
import type { Answers } from '../fakeHost';

const MB = 2 ** 20;
const texts: [name: string, text: string, folder: number | null, part?: Partial<QuickReply>][] = [
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
    ? { folders: [], replies: [] }
    : {
        folders: [
          { id: 1, name: 'Замер и шоурум' },
          { id: 2, name: 'Оплата и доставка' },
        ],
        replies: texts.map(([name, text, folder_id, part], i) => ({
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
    announce({ tag: 'settings' });
    return {};
  };
  const values: Record<string, string> = {
    'contact.name': 'Марина Соколова',
    'contact.first_name': 'Марина',
    'contact.phone': '+7 900 000-00-23',
    'operator.name': 'Ирина Белова',
    'lead.id': '48213',
  };
  return {
    'quick_replies.list': () => data,
    'quick_replies.values': () => values,
    'quick_replies.save': ({ id, keep, uploads, ...rest }) => {
      const old = data.replies.find((reply) => reply.id === id);
      const files = [
        ...(old?.files ?? []).filter(({ position }) => keep.includes(position)),
        ...uploads.map((_, i) => ({
          position: 10 + i,
          name: `Файл ${i + 1}.pdf`,
          mime: 'application/pdf',
          size: MB,
          kind: 'document' as const,
        })),
      ];
      const next: QuickReply = { used: 0, ...old, ...rest, id: old?.id ?? ++last, files };
      put({ replies: old ? data.replies.map((reply) => (reply.id === id ? next : reply)) : [...data.replies, next] });
      return { id: next.id };
    },
    'quick_replies.delete': ({ id }) => put({ replies: data.replies.filter((reply) => reply.id !== id) }),
    'quick_replies.save_folder': ({ id, name }) => {
      const made = id ?? ++last;
      put({
        folders:
          id === null ? [...data.folders, { id: made, name }] : data.folders.map((folder) => (folder.id === id ? { id, name } : folder)),
      });
      return { id: made };
    },
    'quick_replies.delete_folder': ({ id }) =>
      put({
        folders: data.folders.filter((folder) => folder.id !== id),
        replies: data.replies.map((reply) => (reply.folder_id === id ? { ...reply, folder_id: null } : reply)),
      }),
    'quick_replies.fill': ({ id }) => {
      const reply = data.replies.find((one) => one.id === id);
      if (!reply) throw new ApiError('not_found');
      const pieces = piecesOf(reply.text);
      return {
        text: pieces.map((piece) => ('text' in piece ? piece.text : (values[piece.key] ?? piece.fallback ?? piece.typed))).join(''),
        unresolved: pieces.flatMap((piece) => ('key' in piece && !values[piece.key] && !piece.fallback ? [piece.key] : [])),
        files: reply.files.map((file) => ({ ...file, upload_id: 700 + file.position })),
      };
    },
  };
}

import type { ConversationRow, FileView, MessageView } from '../../api/schema.gen';

const MINUTE = 60_000;
const DAY = 1440 * MINUTE;

export function aMessage(conversation: number, id: number, sent_at: number, change: Partial<MessageView>): MessageView {
  return {
    id,
    uid: `uid-${id}`,
    conversation_id: conversation,
    direction: 'in',
    author: null,
    author_id: null,
    sent_at,
    edited_at: null,
    deleted_at: null,
    text: '',
    entities: [],
    files: [],
    extras: [],
    automatic: false,
    verdict: 'pass',
    judged: null,
    system: null,
    reply_to: null,
    forwarded_from: null,
    album: null,
    reactions: [],
    tick: null,
    delivery: null,
    can_edit: false,
    can_delete: false,
    ...change,
  };
}

export function aFile(id: number, change: Partial<FileView>): FileView {
  return {
    id,
    kind: 'document',
    name: 'file',
    mime: null,
    size: null,
    width: null,
    height: null,
    duration_ms: null,
    waveform: [],
    state: 'local',
    reason: null,
    link: null,
    ...change,
  };
}

const wave = [
  4, 7, 12, 9, 15, 18, 11, 6, 9, 14, 20, 16, 10, 7, 12, 17, 13, 8, 5, 9, 15, 19, 14, 10, 6, 8, 12, 16, 11, 7, 10, 13, 8, 5, 4,
].map((n) => Math.round(n * 1.5));
export const KITCHEN = 901;

/** The conversation of the drawings: a kitchen is ordered. */
export function kitchen(now: number): MessageView[] {
  const day = now - (now % MINUTE);
  const at = (minutes: number) => day - minutes * MINUTE;
  const her = 'Марина Соколова';
  const we = { direction: 'out', author: 'Ирина Белова', can_edit: true, can_delete: true } as const;
  const said: [number, Partial<MessageView>][] = [
    [1071, { direction: 'system', system: { key: 'system.missed_call' } }],
    [1070, { author: her, text: 'Здравствуйте! Увидела у вас кухню «Лофт» в шоуруме на Лесной. Сколько будет стоить на 3,2 метра?' }],
    [
      1069,
      {
        direction: 'out',
        author: null,
        text: 'Здравствуйте! Шоурум закрыт до 10:00. Мы увидели ваше сообщение и ответим утром первым делом.',
        tick: 'read',
      },
    ],
    [
      268,
      {
        ...we,
        text: 'Марина, доброе утро! На 3,2 м с каменной столешницей выходит 184 000 ₽, без столешницы 142 000 ₽. Расчёт во вложении: https://uyut.example/loft',
        tick: 'read',
        edited_at: at(266),
        reactions: [{ emoji: '👍', count: 1 }],
      },
    ],
    [267, { ...we, tick: 'read', files: [aFile(903, { name: 'Расчёт_кухня_Лофт_3200.pdf', size: 428_000, mime: 'application/pdf' })] }],
    [14, { author: her, files: [aFile(902, { kind: 'voice', name: 'voice.ogg', duration_ms: 23_000, waveform: wave })] }],
    [
      11,
      {
        author: her,
        text: 'Вот наша кухня сейчас, стена с окном 3240 мм',
        files: [aFile(KITCHEN, { kind: 'image', name: 'kitchen.jpg', width: 1280, height: 720 })],
      },
    ],
    [
      8,
      {
        ...we,
        text: 'Отлично, модуль под окно у нас есть. Могу прислать замерщика в четверг, 26-го, с 12 до 15. Удобно?',
        tick: 'delivered',
        reply_to: { message_id: 7, author: her, preview: { kind: 'image', text: 'Вот наша кухня сейчас, стена с окном 3240 мм' } },
      },
    ],
    [
      6,
      {
        ...we,
        text: 'Адрес тот же, Лесная, 14?',
        tick: 'error',
        delivery: { state: 'failed', reason: { key: 'reason.network' }, retry_at: null, attempts: 3 },
      },
    ],
    [4, { author: her, text: 'Да, четверг подходит' }],
    [3, { author: her, text: 'Только после 13, раньше никого не будет дома' }],
    [0, { author: her, text: 'И ещё: можно ли фасады в матовом исполнении?' }],
  ];
  return said.map(([minutes, change], i) => aMessage(1, i + 1, at(minutes), change));
}

const words = [
  'Здравствуйте!',
  'Подскажите, пожалуйста,',
  'когда будет готов заказ?',
  'Спасибо, всё понятно.',
  'Можно забрать завтра?',
  'Да, конечно, приезжайте с 10 до 21.',
  'Скиньте, пожалуйста, размеры.',
  '🙏',
  'Хорошо, договорились',
];

/** A conversation of any length that ends as its row says. */
export function chatter(row: ConversationRow, count: number): MessageView[] {
  const end = row.last;
  if (!end) return [];
  return Array.from({ length: count }, (_, i) => {
    const back = count - 1 - i;
    const out = back === 0 ? end.direction === 'out' : (i * 7) % 5 < 2;
    const said = Array.from({ length: 1 + ((i * 13) % 4) }, (_, k) => words[(i * 5 + k * 3) % words.length]).join(' ');
    return aMessage(row.id, row.id * 1_000_000 - back, end.sent_at - back * (back < 40 ? 21 * MINUTE : DAY / 60), {
      direction: out ? 'out' : 'in',
      author: out ? 'Ирина Белова' : row.kind === 'group' ? (['Артём', 'Светлана', 'Ринат'][i % 3] ?? null) : row.title,
      author_id: out ? null : row.contact_id,
      text: back === 0 ? end.preview.text || 'Голосовое' : said,
      tick: out ? (back === 0 ? end.tick : 'read') : null,
      can_edit: out,
      can_delete: out,
      ...(back === 0 && end.tick === 'error'
        ? { delivery: { state: 'uncertain' as const, reason: null, retry_at: null, attempts: 1 } }
        : {}),
    });
  });
}

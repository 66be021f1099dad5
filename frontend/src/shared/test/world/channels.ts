import type { AccountRow, ChannelCapabilities, ChannelInfo, Connection } from '../../api/schema.gen';

const MB = 2 ** 20;

const capabilities: ChannelCapabilities = {
  text_limit: 4096,
  caption_limit: 1024,
  files_per_message: 10,
  file_limits: {
    image: 10 * MB,
    video: 50 * MB,
    audio: 50 * MB,
    voice: 50 * MB,
    document: 50 * MB,
    animation: 50 * MB,
    sticker: MB,
    video_note: 12 * MB,
  },
  replies: true,
  edit_window_secs: 172_800,
  delete_window_secs: 172_800,
  read_receipts: true,
  history: true,
  write_first: ['phone', 'username'],
};

/** Networks that exist nowhere: id, letter, colour, name in Russian and in Latin letters. */
const invented = [
  ['swift', 'Л', '#15803d', 'Ласточка', 'Swallow'],
  ['dove', 'Г', '#1a75ab', 'Голубь', 'Dove'],
  ['petal', 'П', '#b8307a', 'Лепесток', 'Petal'],
  ['agora', 'А', '#2b63c4', 'Агора', 'Agora'],
  ['bazaar', 'Б', '#a64b0b', 'Базар', 'Bazaar'],
  ['maple', 'К', '#6546c8', 'Клён', 'Maple'],
  ['robot', 'Р', '#0f6f86', 'Робот', 'Robot'],
] as const;
export type Net = (typeof invented)[number][0];

export const channels: ChannelInfo[] = invented.map(([id, letter, colour, ru, en]) => ({
  id,
  letter,
  colour,
  texts: {
    ru: {
      name: ru,
      note: 'Выдуманная сеть',
      'login.token': 'Ключ',
      'login.token.title': 'Ключ доступа',
      'field.token': 'Ключ',
      'field.token.hint': 'Выдаёт сама сеть',
    },
    en: { name: en, note: 'An invented network' },
    es: { name: en, note: 'Una red inventada' },
  },
  logins: ['token'],
  endpoints: [],
  settings: [],
  capabilities,
}));

const MINUTE = 60_000;
const connection = (status: Connection['status'], now: number, extra: Partial<Connection> = {}): Connection => ({
  status,
  reason: null,
  action: null,
  since: now - 90 * MINUTE,
  retry_at: null,
  attempt: 0,
  ...extra,
});

export const accounts = (now: number): AccountRow[] => {
  const row = (
    id: number,
    channel: Net,
    name: string,
    handle: string,
    state: Connection,
    today: [number, number],
    seen: number,
  ): AccountRow => ({
    id,
    channel,
    name,
    handle,
    active: state.status !== 'off',
    connection: state,
    today_in: today[0],
    today_out: today[1],
    last_seen_at: now - seen * MINUTE,
    quarantined: 0,
  });
  return [
    row(1, 'swift', 'Ласточка · Мебель', '+7 900 000-00-01', connection('online', now), [184, 143], 0),
    row(2, 'dove', 'Голубь · Мебель', '@uyut_mebel', connection('online', now), [96, 88], 0),
    row(3, 'petal', 'Лепесток · Цветы', '@lilia.flowers.demo', connection('online', now), [57, 49], 1),
    row(
      4,
      'agora',
      'Агора · Автозапчасти',
      'demo_parts',
      connection('reconnecting', now, { reason: { key: 'reason.network' }, retry_at: now + 8000, attempt: 3 }),
      [41, 38],
      2,
    ),
    row(5, 'bazaar', 'Базар · Мебель', 'Уютный дом', connection('needs_login', now, { action: 'login' }), [18, 11], 180),
    row(6, 'maple', 'Клён · Цветы', '@lilia_demo', connection('online', now), [23, 21], 0),
    row(7, 'robot', 'Робот · Статус заказа', '@uyut_demo', connection('online', now), [64, 64], 0),
  ];
};

import type { ConversationKind, ConversationRow, Preview, Tick } from '../../api/schema.gen';
import type { Net } from './channels';

const MINUTE = 60_000;
const accountOf: Record<Net, number> = { swift: 1, dove: 2, petal: 3, agora: 4, bazaar: 5, maple: 6, robot: 7 };

interface Seed {
  title: string;
  net: Net;
  /** Minutes ago. */
  ago: number;
  says: Preview;
  kind?: ConversationKind;
  /** Who of us wrote it. */
  by?: string | null;
  tick?: Tick;
  unread?: number;
  /** Minutes. */
  waits?: number;
  draft?: string;
  author?: string;
  set?: Partial<ConversationRow>;
}

const text = (words: string): Preview => ({ kind: 'text', text: words });

const seeds: Seed[] = [
  {
    title: 'Марина Соколова',
    net: 'swift',
    ago: 0,
    says: text('И ещё: можно ли фасады в матовом исполнении?'),
    unread: 3,
    waits: 4,
    set: { pinned: true, tags: ['кухня', 'шоурум', 'срочно'], mine: true },
  },
  { title: 'Игорь Панфилов', net: 'dove', ago: 3, says: text('Колодки на Октавию есть в наличии?'), unread: 1, waits: 12 },
  {
    title: 'Ольга Дмитриевна Верещагина-Лисицына',
    net: 'petal',
    ago: 11,
    says: text('Хочу букет на завтра к 9 утра 💐 получится?'),
    unread: 2,
    waits: 38,
  },
  {
    title: 'Снабжение «Уютный дом»',
    net: 'swift',
    ago: 14,
    says: text('накладную отправил'),
    kind: 'group',
    author: 'Артём',
    unread: 14,
    set: { muted: true },
  },
  { title: 'Сергей Котов', net: 'bazaar', ago: 30, says: text('Диван «Осло» · отдадите за 38 000?'), kind: 'comments', waits: 47 },
  {
    title: 'Анна Лебедева',
    net: 'agora',
    ago: 37,
    says: text('Тогда ждём замерщика в четверг, спасибо!'),
    by: null,
    tick: 'read',
    set: { mine: true },
  },
  { title: 'Тимур Галиев', net: 'dove', ago: 52, says: text('Да, удобно') },
  { title: 'Дарья Ким', net: 'maple', ago: 61, says: text('Отправила фото витрины, посмотрите'), by: 'Олег', tick: 'delivered' },
  { title: 'Наталья', net: 'swift', ago: 80, says: text('А доставка входит?'), draft: 'Добрый день! Подскажите номер квартиры и' },
  { title: 'Виктор Зайцев', net: 'agora', ago: 94, says: text('Фильтр масляный, артикул 03C115561H'), by: null, tick: 'error' },
  {
    title: 'Салон «Лилия»',
    net: 'petal',
    ago: 112,
    says: text('Оплатили счёт, пришлите, пожалуйста, чек'),
    by: null,
    tick: 'sent',
    set: { tags: ['опт'] },
  },
  { title: '+7 900 000-00-14', net: 'swift', ago: 145, says: text('Пропущенный звонок'), waits: 145 },
  { title: 'Елена Рыбакова', net: 'dove', ago: 166, says: { kind: 'voice', text: '' } },
  { title: 'Павел Ермолаев', net: 'robot', ago: 192, says: text('Резонатор пришёл, можно забирать'), by: null, tick: 'read' },
  { title: 'Кристина', net: 'petal', ago: 220, says: text('А доставка за город сколько стоит?'), kind: 'comments' },
  { title: 'Юрий Степанов', net: 'bazaar', ago: 257, says: text('Спасибо, подумаю до вечера') },
  {
    title: 'ООО «Проект-Интерьер»',
    net: 'swift',
    ago: 1300,
    says: { kind: 'document', text: 'Договор_48213_подписан.pdf' },
    by: null,
    tick: 'read',
    set: { tags: ['опт'] },
  },
  { title: 'Алла Викторовна', net: 'agora', ago: 1420, says: text('Пионы просто чудо, спасибо вам') },
  { title: 'Роман Дьяков', net: 'dove', ago: 1500, says: text('Ок, жду звонка в понедельник') },
];

const first = ['Анна', 'Борис', 'Вера', 'Глеб', 'Дина', 'Егор', 'Жанна', 'Захар', 'Инна', 'Кирилл', 'Лариса', 'Максим'];
const last = ['Ким', 'Орлов', 'Лаптева', 'Гусев', 'Шмидт', 'Носова', 'Рябов', 'Фомина', 'Юдин', 'Щукина', 'Мороз'];
const nets = Object.keys(accountOf) as Net[];

function rowOf(seed: Seed, id: number, now: number): ConversationRow {
  const at = now - seed.ago * MINUTE;
  const out = seed.by !== undefined;
  return {
    id,
    account_id: accountOf[seed.net],
    channel: seed.net,
    kind: seed.kind ?? 'direct',
    title: seed.title,
    contact_id: id,
    avatar_id: null,
    last: {
      id: id * 1_000_000,
      direction: out ? 'out' : 'in',
      author: out ? (seed.by ?? null) : (seed.author ?? seed.title),
      preview: seed.says,
      system: null,
      sent_at: at,
      tick: seed.tick ?? null,
      deleted: false,
    },
    moved_at: at,
    filtered: 0,
    unread: seed.unread ?? 0,
    marked_unread: false,
    waiting_since: seed.waits === undefined ? null : now - seed.waits * MINUTE,
    pinned: false,
    muted: false,
    archived: false,
    draft: seed.draft ?? null,
    mine: false,
    tags: [],
    ...seed.set,
  };
}

/** The people of the drawings and, when more are asked for, as many strangers as that takes. */
export function people(now: number, count: number): ConversationRow[] {
  const pick = <T>(of: readonly T[], i: number): T => of[i % of.length] as T;
  const strangers = Array.from({ length: Math.max(0, count - seeds.length) }, (_, i): Seed => ({
    title: `${pick(first, i * 7)} ${pick(last, i * 3 + Math.floor(i / 11))}`,
    net: pick(nets, i),
    ago: 1600 + i * 9,
    says: text(`Здравствуйте! Вопрос по заказу № ${10_000 + i}`),
    ...(i % 9 === 0 ? { unread: 1 + (i % 3) } : {}),
    ...(i % 5 === 0 ? { by: null, tick: 'read' as const } : {}),
  }));
  return [...seeds, ...strangers].map((seed, i) => rowOf(seed, i + 1, now));
}

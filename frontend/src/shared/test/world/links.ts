// Two invented CRMs, both connected.
import { ApiError } from '../../api/errors';
import type { Change, CrmCard, CrmInfo, CrmSettingInfo, LinkDetails, LinkRow } from '../../api/schema.gen';
import type { Answers } from '../fakeHost';

const setting = (key: string, kind: string, part: Partial<CrmSettingInfo> = {}): CrmSettingInfo => ({
  key,
  kind,
  default: null,
  min: null,
  max: null,
  must_hold: null,
  options: [],
  of: null,
  many: false,
  per_channel: false,
  when: null,
  ...part,
});

export const crms: CrmInfo[] = [
  {
    id: 'willow',
    letter: 'И',
    colour: '#3f6d2a',
    logins: ['token'],
    endpoints: [{ key: 'api', default: 'https://api.willow.example' }],
    replies: true,
    write_first: true,
    cards: true,
    texts: {
      ru: {
        name: 'Ива',
        note: 'Выдуманная CRM: сделки, чаты, примечания',
        'login.token.title': 'долгий ключ',
        'field.token': 'Ключ',
        'section.mode': 'Режим',
        'section.mode.hint': 'Можно сменить позже: прежняя сделка останется единственной.',
        'setting.mode': 'Как передавать сообщения',
        'setting.mode.chats': 'Чаты',
        'setting.mode.chats.hint': 'Переписка в чате сделки, ответы прямо из CRM',
        'setting.mode.append': 'Добавлять',
        'setting.mode.append.hint': 'Примечания в сделке, отвечать в Беседке',
        'section.leads': 'Воронка и этапы',
        'section.leads.hint': 'Куда попадает новое обращение.',
        'setting.stage': 'Этап новых',
        'setting.stage.unsorted': 'Неразобранное',
        'setting.open_stages': 'Открытые этапы',
        'setting.open_stages.hint': 'Пока сделка здесь, новые сообщения идут в неё',
        'setting.closed': 'В закрытую сделку',
        'setting.closed.new': 'Создать новую',
        'setting.closed.reuse': 'Вернуть прежнюю',
        'section.people': 'Ответственный',
        'setting.responsible': 'За новые сделки',
        'setting.responsible.connecting_user': 'Кто подключил',
        'section.tags': 'Метки и поля',
        'section.tags.hint': 'Подстановки заменятся данными клиента.',
        'setting.lead_name': 'Название сделки',
        'setting.tags': 'Метки сделки',
        'setting.fields': 'Поля сделки',
        'setting.split': 'Разделять комментарии и Директ',
        'setting.split.hint': 'Две сделки и два контакта',
        'endpoint.api': 'Адрес сервера',
      },
      en: {
        name: 'Willow',
        note: 'An invented CRM',
        'section.mode': 'Mode',
        'section.leads': 'Stages',
        'section.people': 'Responsible',
        'section.tags': 'Tags and fields',
      },
      es: { name: 'Sauce', note: 'Un CRM inventado' },
    },
    sections: [
      { key: 'mode', when: null, settings: [setting('mode', 'choice', { default: 'chats', options: ['chats', 'append'] })] },
      {
        key: 'leads',
        when: null,
        settings: [
          setting('stage', 'live', { of: 'stages', options: ['unsorted'], per_channel: true }),
          setting('open_stages', 'live', { of: 'stages', many: true }),
          setting('closed', 'choice', { default: 'new', options: ['new', 'reuse'] }),
        ],
      },
      { key: 'people', when: null, settings: [setting('responsible', 'live', { of: 'users', options: ['connecting_user'] })] },
      {
        key: 'tags',
        when: null,
        settings: [
          setting('lead_name', 'template', { default: '%NAME%, %CHANNEL%' }),
          setting('tags', 'tags'),
          setting('fields', 'fields', { of: 'lead_fields' }),
          setting('split', 'switch', { default: false, when: { key: 'mode', is: ['chats'] } }),
        ],
      },
    ],
  },
  {
    id: 'aspen',
    letter: 'О',
    colour: '#8a4a12',
    logins: ['token'],
    endpoints: [],
    replies: true,
    write_first: false,
    cards: true,
    texts: {
      ru: { name: 'Осина', note: 'Выдуманная CRM: открытые линии' },
      en: { name: 'Aspen', note: 'An invented CRM' },
      es: { name: 'Álamo' },
    },
    sections: [],
  },
];

const row = (id: number, crm: string, name: string, handle: string, part: Partial<LinkRow> = {}): LinkRow => ({
  id,
  crm,
  name,
  handle,
  page: `https://${handle}.example`,
  active: true,
  state: { status: 'online', reason: null, action: null, since: 0, retry_at: null, attempt: 0 },
  notices: [],
  expires_at: null,
  last_seen_at: null,
  queued: 0,
  failed: 0,
  failed_replies: 0,
  ...part,
});
export const links: LinkRow[] = [
  row(1, 'willow', 'Ива · uyutdom', 'uyutdom', { queued: 12, failed: 2 }),
  row(2, 'aspen', 'Осина · parts', 'parts', { queued: 2 }),
];

const card: CrmCard[] = [
  {
    link_id: 1,
    contact: { reference: { entity: 'contact', id: '7' }, name: 'Марина Соколова', page: null, company: null },
    leads: [
      {
        reference: { entity: 'lead', id: '48213' },
        title: 'Кухня «Лофт»',
        stage: 'Замер',
        colour: '#1f8a70',
        responsible: 'Ирина Белова',
        responsible_email: null,
        budget: '184 000 ₽',
        closed: false,
        page: 'https://uyutdom.example/leads/48213',
      },
    ],
    trouble: null,
  },
  {
    link_id: 2,
    contact: null,
    leads: [
      {
        reference: { entity: 'lead', id: '1907' },
        title: 'Лид № 1 907',
        stage: 'В работе',
        colour: null,
        responsible: 'Олег Тарасов',
        responsible_email: null,
        budget: null,
        closed: false,
        page: 'https://parts.example/1907',
      },
    ],
    trouble: null,
  },
];

export function linkAnswers(announce: (change: Change) => void, now: number, empty: boolean): Answers {
  let rows = empty ? [] : links.map((link) => ({ ...link, last_seen_at: now, state: { ...link.state, since: now - 90 * 60_000 } }));
  const settings = new Map<number, LinkDetails['settings']>([
    [
      1,
      {
        stage: { all: 'first', 3: 'unsorted' },
        open_stages: ['first', 'measure'],
        tags: ['Беседка', '%CHANNEL%', '%SOURCE%'],
        responsible: '11',
      },
    ],
  ]);
  const changed = () => {
    announce({ tag: 'everything' });
    return {};
  };
  const find = (id: number): LinkRow => {
    const found = rows.find((link) => link.id === id);
    if (!found) throw new ApiError('not_found');
    return found;
  };
  return {
    'links.list': () => rows,
    'links.get': ({ link_id }) => ({
      row: find(link_id),
      settings: settings.get(link_id) ?? {},
      endpoints: {},
      proxy: null,
      connected_at: now - 30 * 86_400_000,
    }),
    'links.update': ({ link_id, name, settings: next }) => {
      if (name !== undefined) rows = rows.map((link) => (link.id === link_id ? { ...link, name } : link));
      if (next) settings.set(link_id, next);
      return changed();
    },
    'links.activate': ({ link_ids, active }) => {
      rows = rows.map((link) =>
        link_ids.includes(link.id) ? { ...link, active, state: { ...link.state, status: active ? 'online' : 'off' } } : link,
      );
      return changed();
    },
    'links.retry': () => ({}),
    'links.delete': ({ link_id }) => {
      rows = rows.filter((link) => link.id !== link_id);
      return changed();
    },
    'links.choices': ({ of }) =>
      of === 'users'
        ? [
            { value: '11', label: 'Ирина Белова', group: null, colour: null },
            { value: '12', label: 'Олег Тарасов', group: null, colour: null },
          ]
        : of === 'lead_fields'
          ? [{ value: '501', label: 'Источник', group: null, colour: null }]
          : ['first:Первичный контакт', 'measure:Замер', 'agree:Согласование', 'make:Производство'].map((one) => {
              const [value = '', label = ''] = one.split(':');
              return { value, label, group: 'Продажи', colour: null };
            }),
    'links.preview': ({ template }) => ({
      text: template
        .replace('%NAME%', 'Марина Соколова')
        .replace('%CHANNEL%', 'Ласточка · Мебель')
        .replace('%SOURCE%', 'kitchen-loft')
        .replace('%USERNAME%', 'marina_sokolova_demo'),
      unknown: [...template.matchAll(/%[A-Z]+%/g)]
        .map(([name]) => name)
        .filter((name) => !['%NAME%', '%CHANNEL%', '%SOURCE%', '%USERNAME%'].includes(name)),
    }),
    'crm.cards': ({ conversation_id }) => (conversation_id === 1 && !empty ? card : []),
  };
}

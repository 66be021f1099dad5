import type { ChannelInfo } from '../../api/schema.gen';

type Words = Record<string, string>;
interface Furniture {
  ru: Words;
  en?: Words;
  part?: Partial<ChannelInfo>;
  writesFirst?: string[];
}

/** What the invented networks bring along beside their names: ways to log in, settings, addresses, reasons. */
const furniture: Record<string, Furniture> = {
  swift: {
    ru: {
      note: 'Связанное устройство',
      'login.qr.title': 'связанное устройство',
      'login.qr.note': 'QR-код с экрана, камера телефона',
      'login.phone.title': 'код на телефон',
      'login.phone.note': 'Покажем код из 8 символов, его вводят на телефоне',
      'login.qr.how':
        '1. Откройте «Ласточку» на телефоне с рабочим номером\n2. Настройки → Связанные устройства → Привязка устройства\n3. Наведите камеру на код слева',
      'login.phone.number': 'Введите номер телефона, на котором открыта «Ласточка».',
      'login.phone.how': '1. Откройте «Ласточку» на телефоне\n2. Настройки → Связанные устройства → По номеру\n3. Введите этот код',
      'field.phone': 'Номер телефона',
      'field.phone.hint': 'С кодом страны: +7 900 000-00-03',
      'reason.phone': 'Номер неполный: не хватает цифр.',
      'reason.blocked': 'Провайдер не пропускает сеть. Вход сохранён.',
      'reason.unknown_number': 'Этого номера нет в «Ласточке». Напишите через другой канал.',
      'reason.address_kind': 'Здесь пишут только по номеру телефона.',
      help: 'Компьютер станет ещё одним связанным устройством: телефон может быть выключен, беседы всё равно придут.',
    },
    en: {
      note: 'Linked device',
      'login.qr.title': 'linked device',
      'login.qr.note': 'A QR code for the phone’s camera',
      'login.phone.title': 'code on the phone',
      'login.phone.note': 'We show 8 characters to type on the phone',
      'login.qr.how':
        '1. Open Swallow on the phone with the work number\n2. Settings → Linked devices → Link a device\n3. Point the camera at the code on the left',
      'reason.blocked': 'The provider blocks the network. The login is kept.',
      'reason.address_kind': 'Only phone numbers work here.',
      help: 'This computer becomes one more linked device: conversations arrive even when the phone is off.',
    },
    part: { logins: ['qr', 'phone'], endpoints: [{ key: 'gate', default: 'wss://gate.swallow.example' }] },
    writesFirst: ['phone'],
  },
  dove: {
    ru: {
      note: 'Личный аккаунт',
      'login.token.where':
        '1. Откройте «Голубя» и найдите @KeyKeeper.\n2. Отправьте ему /new и придумайте имя.\n3. Скопируйте ключ целиком и вставьте сюда.',
      'field.token': 'Ключ',
      'field.token.hint': 'Цифры, двоеточие и буквы. Хранится только на этом компьютере',
      'reason.token': 'Это не похоже на ключ. Скопируйте его целиком, вместе с цифрами в начале.',
      'reason.other': 'Этот же ключ использует другая программа: сеть отдаёт сообщения только одной.',
      'reason.unknown_number': 'Человека с таким номером нет в «Голубе».',
      'login.webhook':
        'Сообщения этого аккаунта сейчас получает другой сервис ({{host}}). Если переключить их сюда, там они перестанут появляться.',
      'field.take_over': 'Получать сообщения здесь',
      'field.take_over.hint': 'Прежний сервис будет отключён',
      'endpoint.api': 'Адрес сервера',
      'setting.mark_read': 'Отмечать прочитанным в «Голубе»',
      'setting.mark_read.hint': 'Клиент увидит, что сообщение прочитано',
      'setting.history_hours': 'Загружать историю, часов',
      'setting.history_hours.hint': 'При первом подключении',
      'setting.signature': 'Подпись',
      'setting.signature.hint': 'Добавляется к первому сообщению дня',
    },
    en: { note: 'Personal account', 'reason.other': 'Another program uses the same key: the network gives messages to only one.' },
    part: {
      endpoints: [{ key: 'api', default: 'https://api.dove.example' }],
      settings: [
        { key: 'mark_read', kind: 'switch', default: false, min: null, max: null, options: [], needs: null, warns: false },
        { key: 'history_hours', kind: 'number', default: 24, min: 0, max: 720, options: [], needs: null, warns: false },
        { key: 'signature', kind: 'text', default: null, min: null, max: null, options: [], needs: null, warns: false },
      ],
    },
    writesFirst: ['phone', 'username', 'link'],
  },
  petal: {
    ru: { note: 'Официальный вход', 'reason.never_first': 'Сеть не даёт писать первым: клиент начинает сам' },
    en: { note: 'Official login', 'reason.never_first': 'The network does not allow writing first' },
    writesFirst: [],
  },
  agora: {
    ru: {
      note: 'Сообщения сообщества',
      'login.oauth.title': 'Войти на странице сети',
      'login.oauth.note': 'Права подтверждаются в браузере',
      'login.oauth.open': 'Откройте страницу, войдите и нажмите «Разрешить», потом скопируйте её адрес сюда.',
      'field.answer': 'Адрес открывшейся страницы',
      'login.oauth.choose': 'Вы дали доступ к нескольким сообществам. Какое подключить?',
      'field.community': 'Сообщество',
      'reason.never_first': 'Пишет только тем, кто разрешил сообщения',
    },
    en: { note: 'Community messages', 'reason.never_first': 'Only people who allowed messages' },
    part: { logins: ['token', 'oauth'] },
    writesFirst: [],
  },
  bazaar: {
    ru: {
      note: 'Чаты по объявлениям',
      'reason.closed': '«Базар» закрыл сеанс сегодня в 11:20',
      'reason.never_first': 'Первым пишет покупатель',
    },
    en: {
      note: 'Chats about items',
      'reason.closed': 'Bazaar closed the session today at 11:20',
      'reason.never_first': 'The buyer writes first',
    },
    writesFirst: [],
  },
  maple: {
    ru: { note: 'Бот', 'reason.never_first': 'Бот не пишет первым: клиент сам нажимает «Начать»' },
    en: { note: 'Bot', 'reason.never_first': 'A bot cannot write first: the client presses “Start”' },
    writesFirst: [],
  },
  robot: {
    ru: { note: 'Бот', 'reason.never_first': 'Бот не пишет первым: клиент сам нажимает «Начать»' },
    en: { note: 'Bot', 'reason.never_first': 'A bot cannot write first: the client presses “Start”' },
    writesFirst: [],
  },
};

export const furnished = (channels: ChannelInfo[]): ChannelInfo[] =>
  channels.map((channel) => {
    const { ru = {}, en = {}, part = {}, writesFirst } = furniture[channel.id] ?? { ru: {} };
    const texts = { ...channel.texts, ru: { ...channel.texts['ru'], ...ru }, en: { ...channel.texts['en'], ...en } };
    return { ...channel, ...part, texts, capabilities: { ...channel.capabilities, ...(writesFirst ? { write_first: writesFirst } : {}) } };
  });

// Filters and automatic answers of the invented workspace: as simple as can be, and with a memory.
import { ApiError } from '../../api/errors';
import type { Change, ChannelInfo, JsonValue, Reason, RulesForm, SettingInfo, Tried } from '../../api/schema.gen';
import type { Answers } from '../fakeHost';

type Values = Record<string, JsonValue>;

const field = (key: string, kind: string, fallback: JsonValue | null, part: Partial<SettingInfo> = {}): SettingInfo => ({
  key,
  kind,
  default: fallback,
  min: null,
  max: null,
  options: [],
  needs: null,
  warns: false,
  ...part,
});
const answering = { needs: 'auto_reply.on' };

/** What every channel has, and what the network adds. */
export const aForm = (channel: Pick<ChannelInfo, 'settings'>): RulesForm => ({
  sections: [
    ...(channel.settings.length > 0 ? [{ key: 'own', fields: channel.settings }] : []),
    {
      key: 'filter',
      fields: [
        field('filter.mode', 'choice', 'all', { options: ['all', 'only', 'except'] }),
        field('filter.words', 'lines', ''),
        field('filter.emoji', 'switch', true),
        field('filter.black_list', 'lines', ''),
        field('filter.mailings', 'switch', false),
      ],
    },
    {
      key: 'auto_reply',
      fields: [
        field('auto_reply.on', 'switch', false),
        field('auto_reply.text', 'lines', '', { ...answering, warns: true }),
        field('auto_reply.from', 'time', '00:00', answering),
        field('auto_reply.to', 'time', '00:00', answering),
        field('auto_reply.zone', 'time_zone', 'Europe/Moscow', answering),
        field('auto_reply.days', 'days', [], answering),
        field('auto_reply.holidays', 'lines', '', answering),
        field('auto_reply.on_holidays', 'choice', 'as_usual', { ...answering, options: ['as_usual', 'all_day', 'never'] }),
        field('auto_reply.limit', 'number', 5, { ...answering, min: 1, max: 50 }),
        field('auto_reply.window', 'number', 60, { ...answering, min: 1, max: 1440 }),
      ],
    },
    { key: 'reading', fields: [field('reading.mark', 'switch', false)] },
  ],
  values: {},
});

const usual: Values = {
  'filter.mode': 'except',
  'filter.words': 'продвижен*\n*реклам*\nвакансия\n*крипто\nseo\nрассылк*',
  'filter.mailings': true,
  'auto_reply.on': true,
  'auto_reply.text':
    '{{Здравствуйте;Добрый вечер;Добрый день}}! Шоурум закрыт до 10:00. {{Ответим утром первым делом;Напишем сразу, как откроемся}}.',
  'auto_reply.from': '21:00',
  'auto_reply.to': '10:00',
  'auto_reply.zone': 'Asia/Yekaterinburg',
  'auto_reply.days': [1, 2, 3, 4, 5, 6, 7],
  'auto_reply.holidays': '31.12\n07.01.2027',
  'auto_reply.on_holidays': 'all_day',
};

const fits = (word: string, rule: string): boolean => {
  const bare = rule.replace(/^\*|\*$/g, '').toLowerCase();
  const w = word.toLowerCase();
  if (rule.startsWith('*') && rule.endsWith('*')) return w.includes(bare);
  if (rule.startsWith('*')) return w.endsWith(bare);
  return rule.endsWith('*') ? w.startsWith(bare) : w === bare;
};

function judge(values: Values, text: string): Tried {
  const rules = String(values['filter.words'] ?? '').split(/\s+/);
  const found = text
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean)
    .flatMap((word) => rules.flatMap((rule) => (rule && fits(word, rule) ? [{ word, rule }] : [])))[0];
  const only = values['filter.mode'] === 'only';
  if (values['filter.mode'] === 'all' || (!found && !only)) return { verdict: 'pass', reason: { key: 'verdict.clean' } };
  if (!found) return { verdict: 'filtered', reason: { key: 'verdict.no_word' } };
  return only
    ? { verdict: 'pass', reason: { key: 'verdict.wanted', params: found } }
    : { verdict: 'filtered', reason: { key: 'verdict.word', params: found } };
}

const said = [
  'Продвижение вашего аккаунта, гарантия результата',
  'Предлагаем рекламу у блогеров со скидкой',
  'Только после 13, раньше никого не будет дома',
  'Открыта вакансия оператора, писать сюда',
  'Диван «Осло», отдадите за 38 000?',
];

export function ruleAnswers(
  announce: (change: Change) => void,
  now: number,
  channelOf: (account: number) => ChannelInfo | undefined,
): Answers {
  const rules = new Map<number, Values>();
  /** By which rules what has come was judged: saving others does not change that. */
  const past = new Map<number, Values>();
  const running = new Map<number, number>();
  const of = (id: number) => rules.get(id) ?? usual;
  const filtered = (values: Values) => said.filter((text) => judge(values, text).verdict !== 'pass').length;
  return {
    'rules.get': ({ account_id }) => ({ ...aForm({ settings: channelOf(account_id)?.settings ?? [] }), values: of(account_id) }),
    'rules.save': ({ account_id, values }) => {
      const refuse = (key: string, reason: Reason) => {
        throw new ApiError('invalid', reason, [{ field: key, reason }]);
      };
      const lines = String(values['filter.black_list'] ?? '').split('\n');
      const short = lines.findIndex((line) => /^\+?7/.test(line) && line.replace(/\D/g, '').length < 11);
      if (short >= 0)
        refuse('filter.black_list', {
          key: 'error.black_list_short',
          params: { line: `${short + 1}`, entry: lines[short] ?? '', count: '1' },
        });
      if (values['auto_reply.on'] === true && !values['auto_reply.text']) refuse('auto_reply.text', { key: 'error.auto_reply_text' });
      rules.set(account_id, values);
      announce({ tag: 'rules', account_id });
      return {};
    },
    'filters.try': ({ values, text }) => judge(values, text),
    'filters.counts': ({ account_id, days }) => ({ incoming: 172 * days, filtered: filtered(past.get(account_id) ?? usual) * days }),
    'filters.preview': ({ account_id, days, values }) => {
      const before = past.get(account_id) ?? usual;
      const after = values ?? of(account_id);
      const samples = said.flatMap((text, i) => {
        const [was, is] = [judge(before, text), judge(after, text)];
        const line = { message_id: i + 1, conversation_id: 1, sent_at: now - i * 3_600_000, text };
        return was.verdict === is.verdict ? [] : [{ ...line, before: was.verdict, after: is.verdict, reason: is.reason }];
      });
      return {
        judged: 172 * days,
        filtered: samples.filter(({ after: to }) => to !== 'pass').length * days,
        passed: samples.filter(({ after: to }) => to === 'pass').length * days,
        samples,
      };
    },
    'filters.rejudge': ({ account_id }) => {
      past.set(account_id, of(account_id));
      running.set(account_id, now);
      announce({ tag: 'rules', account_id });
      return {};
    },
    'filters.progress': ({ account_id }) => {
      const started_at = running.get(account_id);
      return started_at === undefined
        ? null
        : {
            conversations: 800,
            seen: 800,
            judged: 1204,
            filtered: 7,
            passed: 0,
            started_at,
            finished_at: started_at + 900,
            cancelled: false,
          };
    },
    'filters.cancel': () => ({}),
    'spintax.preview': ({ text }) => {
      const groups = [...text.matchAll(/\{\{([^{}]*)\}\}/g)].map((group) => (group[1] ?? '').split(';'));
      const count = groups.reduce((all, group) => all * group.length, 1);
      const variants = Array.from({ length: count }, (_, n) => {
        let left = n;
        return text.replace(/\{\{([^{}]*)\}\}/g, (_whole, inner: string) => {
          const group = inner.split(';');
          const one = group[left % group.length] ?? '';
          left = Math.floor(left / group.length);
          return one;
        });
      });
      return { count, variants };
    },
  };
}

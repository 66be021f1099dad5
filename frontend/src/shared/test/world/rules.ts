// Filters and automatic answers of the invented workspace: as simple as can be, and with a memory.
import type { AutoReply, FilterRules, Judged } from '../../api/planned';
import { ApiError } from '../../api/errors';
import type { Change } from '../../api/schema.gen';
import type { Answers } from '../fakeHost';

const usual: FilterRules = {
  mode: 'not_matching',
  words: 'продвижен* *реклам* вакансия *крипто seo рассылк*',
  drop_emoji_only: false,
  black_list: '',
  hold_mailings: true,
};
const closed: AutoReply = {
  on: true,
  text: '{{Здравствуйте;Добрый вечер;Добрый день}}! Шоурум закрыт до 10:00. {{Ответим утром первым делом;Напишем сразу, как откроемся}}.',
  from: '21:00',
  until: '10:00',
  time_zone: 'Asia/Yekaterinburg',
  weekdays: [1, 2, 3, 4, 5, 6, 7],
  holidays: ['2027-01-01', '2027-01-07'],
};

const fits = (word: string, rule: string): boolean => {
  const bare = rule.replace(/^\*|\*$/g, '').toLowerCase();
  const w = word.toLowerCase();
  if (rule.startsWith('*') && rule.endsWith('*')) return w.includes(bare);
  if (rule.startsWith('*')) return w.endsWith(bare);
  return rule.endsWith('*') ? w.startsWith(bare) : w === bare;
};

export function judge({ mode, words, drop_emoji_only }: FilterRules, text: string): Judged {
  const found = text
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean)
    .flatMap((word) => words.split(' ').flatMap((rule) => (rule && fits(word, rule) ? [{ word, rule }] : [])))[0];
  if (drop_emoji_only && /^[\p{Extended_Pictographic}\s]+$/u.test(text)) return { verdict: 'filtered', why: { key: 'verdict.only_emoji' } };
  if (mode === 'all') return { verdict: 'pass', why: { key: 'verdict.clean' } };
  if (!found)
    return mode === 'matching'
      ? { verdict: 'filtered', why: { key: 'verdict.no_word' } }
      : { verdict: 'pass', why: { key: 'verdict.clean' } };
  return mode === 'matching'
    ? { verdict: 'pass', why: { key: 'verdict.wanted', params: found } }
    : { verdict: 'filtered', why: { key: 'verdict.word', params: found } };
}
const passes = (rules: FilterRules, text: string): boolean => judge(rules, text).verdict === 'pass';

const said = [
  ['promo.reklama', 'Продвижение вашего аккаунта, гарантия результата'],
  ['Студия Рост', 'Предлагаем рекламу у блогеров со скидкой'],
  ['Марина Соколова', 'Только после 13, раньше никого не будет дома'],
  ['HR Online', 'Открыта вакансия оператора, писать сюда'],
  ['Сергей Котов', 'Диван «Осло», отдадите за 38 000?'],
] as const;

export function ruleAnswers(announce: (change: Change) => void, now: number): Answers {
  const rules = new Map<number, FilterRules>();
  const replies = new Map<number, AutoReply>();
  /** By which rules what has come was judged: saving others does not change that. */
  const past = new Map<number, FilterRules>();
  const of = (id: number) => rules.get(id) ?? usual;
  const before = (id: number) => past.get(id) ?? usual;
  return {
    'filters.get': ({ account_id }) => of(account_id),
    'filters.save': ({ account_id, rules: next }) => {
      const short = next.black_list.split('\n').find((line) => /^\+?7/.test(line) && line.replace(/\D/g, '').length !== 11);
      if (short !== undefined)
        throw new ApiError('invalid', { key: 'error.phone' }, [{ field: 'black_list', reason: { key: 'error.phone' } }]);
      rules.set(account_id, next);
      announce({ tag: 'accounts' });
      return {};
    },
    'filters.test': ({ rules: asked, text }) => judge(asked, text),
    'filters.preview': ({ account_id, rules: asked, days }) => ({
      incoming: 172 * days,
      filtered_before: said.filter(([, text]) => !passes(before(account_id), text)).length * days,
      filtered_after: said.filter(([, text]) => !passes(asked, text)).length * days,
      changes: said.flatMap(([title, text], i) => {
        const after = passes(asked, text);
        const line = { message_id: i + 1, conversation_id: 1, title, text, sent_at: now - i * 3_600_000, passes: after };
        return after === passes(before(account_id), text) ? [] : [line];
      }),
    }),
    'filters.rejudge': ({ account_id, days }) => {
      past.set(account_id, of(account_id));
      return { changed: 3 * days };
    },
    'auto_reply.get': ({ account_id }) => replies.get(account_id) ?? closed,
    'auto_reply.save': ({ account_id, reply }) => {
      replies.set(account_id, reply);
      announce({ tag: 'accounts' });
      return {};
    },
    'auto_reply.preview': ({ text, seed }) => {
      let count = 1;
      let turn = seed;
      const chosen = text.replace(/\{\{([^{}]*)\}\}/g, (_whole, inner: string) => {
        const variants = inner.split(';');
        count *= variants.length;
        const one = variants[turn % variants.length] ?? '';
        turn = Math.floor(turn / variants.length) || seed;
        return one;
      });
      return { count, text: chosen };
    },
  };
}

import { describe, expect, it } from 'vitest';
import type { AccountDetails, ChannelInfo, RulesForm } from '@/shared/api/schema.gen';
import { accounts, channels } from '@/shared/test/world/channels';
import { furnished } from '@/shared/test/world/networks';
import { aForm } from '@/shared/test/world/rules';
import { differs, draftOf, problemsOf, sentOf, updateOf, valueProblems, valuesOf } from './draft';

const dove = furnished(channels).find((channel) => channel.id === 'dove') as ChannelInfo;
const row = accounts(0)[1]!;
const details: AccountDetails = { row, settings: {}, endpoints: {}, proxy: null, connected_at: 0 };
const form: RulesForm = { ...aForm(dove), values: { 'filter.mode': 'only', other_version: 7 } };

describe('an account being edited', () => {
  it('does not count blanks as a change', () => {
    const before = draftOf(details);
    expect(differs(before, { ...before, name: ` ${before.name} `, endpoints: { api: '  ' } })).toBe(false);
  });

  it('says what is wrong with each field', () => {
    const draft = { ...draftOf(details), name: 'КЛЁН ', proxy: 'x', endpoints: { api: 'x' } };
    expect(problemsOf(draft, dove, ['клён'])).toEqual({
      name: { key: 'accounts.form.nameTaken' },
      proxy: { key: 'accounts.form.badProxy' },
      'endpoint.api': { key: 'accounts.form.badEndpoint' },
    });
  });

  it('sends what changed', () => {
    const before = draftOf(details);
    expect(updateOf(2, before, { ...before, proxy: 'http://p.example' })).toEqual({ account_id: 2, proxy: 'http://p.example' });
  });
});

describe('the generated form', () => {
  it('begins with what is stored, else with the defaults', () => {
    expect(valuesOf(form)).toMatchObject({
      'filter.mode': 'only',
      'filter.words': '',
      'auto_reply.limit': '5',
      'auto_reply.days': [],
      mark_read: false,
    });
  });

  it('sends every value as its kind; values of another version stay', () => {
    expect(sentOf(form, { ...valuesOf(form), 'auto_reply.limit': ' 7' })).toMatchObject({
      'auto_reply.limit': 7,
      'filter.mode': 'only',
      other_version: 7,
    });
  });

  it('says what is wrong with a number', () => {
    expect(valueProblems(form, { ...valuesOf(form), 'auto_reply.limit': '51', history_hours: '' })).toEqual({
      'auto_reply.limit': { key: 'accounts.form.numberFromTo', params: { min: 1, max: 50 } },
      history_hours: { key: 'accounts.form.badNumber' },
    });
  });
});

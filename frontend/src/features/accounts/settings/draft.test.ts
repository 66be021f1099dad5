import { describe, expect, it } from 'vitest';
import type { AccountDetails, ChannelInfo } from '@/shared/api/schema.gen';
import { accounts, channels } from '@/shared/test/world/channels';
import { furnished } from '@/shared/test/world/networks';
import { differs, draftOf, problemsOf, updateOf } from './draft';

const dove = furnished(channels).find((channel) => channel.id === 'dove') as ChannelInfo;
const row = accounts(0)[1]!;
const details: AccountDetails = { row, settings: { mark_read: true, other_version: 7 }, endpoints: {}, proxy: null, connected_at: 0 };

describe('an account being edited', () => {
  it('begins with what is stored, else with the defaults', () => {
    expect(draftOf(details, dove).settings).toEqual({ mark_read: true, history_hours: '24', signature: '' });
  });

  it('does not count blanks as a change', () => {
    const before = draftOf(details, dove);
    expect(differs(before, { ...before, name: ` ${before.name} `, endpoints: { api: '  ' } })).toBe(false);
  });

  it('says what is wrong with each field', () => {
    const draft = {
      ...draftOf(details, dove),
      name: 'КЛЁН ',
      proxy: 'x',
      settings: { mark_read: true, history_hours: '721', signature: '' },
      endpoints: { api: 'x' },
    };
    expect(problemsOf(draft, dove, ['клён'])).toEqual({
      name: { key: 'accounts.form.nameTaken' },
      'setting.history_hours': { key: 'accounts.form.numberFromTo', params: { min: 0, max: 720 } },
      proxy: { key: 'accounts.form.badProxy' },
      'endpoint.api': { key: 'accounts.form.badEndpoint' },
    });
  });

  it('sends what changed; settings of another version stay', () => {
    const before = draftOf(details, dove);
    expect(updateOf(2, before, { ...before, proxy: 'http://p.example' }, dove, details.settings)).toEqual({
      account_id: 2,
      proxy: 'http://p.example',
    });
    expect(updateOf(2, before, { ...before, settings: { ...before.settings, history_hours: '48' } }, dove, details.settings)).toEqual({
      account_id: 2,
      settings: { mark_read: true, history_hours: 48, signature: '', other_version: 7 },
    });
  });
});

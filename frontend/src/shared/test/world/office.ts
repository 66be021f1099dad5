// Everything around the conversations of the invented workspace: channels, logins, writing first, the first start.
import { ApiError } from '../../api/errors';
import type { AccountDetails, AccountRow, Boot, Change, ChannelInfo, Reason, WriteFirstOptions } from '../../api/schema.gen';
import type { Answers } from '../fakeHost';
import { analyticsAnswers } from './analytics';
import { aBoot } from './boot';
import { accounts } from './channels';
import { exportAnswers } from './exports';
import { journalAnswers } from './journal';
import { linkAnswers } from './links';
import { logins } from './logins';
import { furnished } from './networks';
import { quickReplyAnswers } from './quickReplies';
import { ruleAnswers } from './rules';

export interface OfficeOptions {
  now?: number;
  /** Nothing connected yet, the first start is under way. */
  empty?: boolean;
  announce?: (change: Change) => void;
}

const MINUTE = 60_000;
const DAY = 1440 * MINUTE;

function connected(now: number): AccountRow[] {
  const rows = accounts(now);
  const [first] = rows;
  if (!first) return rows;
  const more = (id: number, channel: string, name: string, handle: string, part: Partial<AccountRow>): AccountRow => ({
    ...first,
    id,
    channel,
    name,
    handle,
    today_in: 0,
    today_out: 0,
    ...part,
  });
  rows.splice(
    3,
    0,
    more(8, 'swift', 'Ласточка · Автозапчасти', '+7 900 000-00-02', {
      connection: {
        status: 'blocked',
        reason: { key: 'swift.reason.blocked' },
        action: 'set_proxy',
        since: now - 42 * MINUTE,
        retry_at: null,
        attempt: 5,
      },
      today_in: 12,
      today_out: 9,
      last_seen_at: now - 42 * MINUTE,
    }),
  );
  rows.push(
    more(9, 'dove', 'Голубь · Рассрочка', '@uyut_credit', {
      connection: {
        status: 'needs_attention',
        reason: { key: 'dove.reason.other' },
        action: 'stop_other',
        since: now - 9 * MINUTE,
        retry_at: null,
        attempt: 1,
      },
      quarantined: 2,
      last_seen_at: now - 9 * MINUTE,
    }),
    more(10, 'dove', 'Голубь · Старый номер', '+7 900 000-00-09', {
      active: false,
      connection: { status: 'off', reason: null, action: null, since: now - 18 * DAY, retry_at: null, attempt: 0 },
      last_seen_at: now - 18 * DAY,
    }),
  );
  return rows.map((row) => (row.id === 5 ? { ...row, connection: { ...row.connection, reason: { key: 'bazaar.reason.closed' } } } : row));
}

const wrong = (field: string, reason: Reason): ApiError => new ApiError('invalid', reason, [{ field, reason }]);

/** Answers with a memory: spread them over the world's own. */
export class Office {
  boot: Boot;
  rows: AccountRow[];
  readonly answers: Answers;
  private readonly kept = new Map<number, Pick<AccountDetails, 'settings' | 'endpoints' | 'proxy'>>();
  private readonly announce: (change: Change) => void;

  constructor({ now = Date.now(), empty = false, announce = () => undefined }: OfficeOptions = {}) {
    this.announce = announce;
    this.rows = empty ? [] : connected(now);
    const start = aBoot();
    this.boot = {
      ...start,
      workspace: { ...start.workspace, demo: !empty },
      channels: furnished(start.channels),
      onboarding: { step: empty ? 'profile' : 'done' },
      profile: empty ? { ...start.profile, name: '' } : start.profile,
    };
    this.answers = {
      boot: () => this.boot,
      'settings.save': (settings) => this.change({ settings }),
      'profile.save': (profile) => this.change({ profile }),
      'onboarding.save': (onboarding) => this.change({ onboarding }),
      'accounts.list': () => this.rows,
      'accounts.get': ({ account_id }) => ({
        row: this.row(account_id),
        settings: {},
        endpoints: {},
        proxy: account_id === 1 ? 'socks5://uyut:***@10.0.0.7:1080' : null,
        ...this.kept.get(account_id),
        connected_at: now - 40 * DAY,
      }),
      'accounts.update': (req) => {
        const { account_id, name, ...rest } = req;
        if (name !== undefined && this.rows.some((row) => row.id !== account_id && row.name === name))
          throw wrong('name', { key: 'reason.name_taken' });
        this.kept.set(account_id, { settings: {}, endpoints: {}, proxy: null, ...this.kept.get(account_id), ...rest });
        this.put([account_id], { ...(name === undefined ? {} : { name }) });
        if (rest.proxy) this.connect(account_id);
        return {};
      },
      'accounts.activate': ({ account_ids, active }) => {
        this.put(account_ids, { active });
        account_ids.forEach((id) =>
          active
            ? this.connect(id)
            : this.put([id], { connection: { status: 'off', reason: null, action: null, since: Date.now(), retry_at: null, attempt: 0 } }),
        );
        return {};
      },
      'accounts.retry': ({ account_id }) => {
        this.connect(account_id);
        return {};
      },
      'accounts.deletion_preview': ({ account_ids }) => ({
        conversations: 128 * account_ids.length,
        messages: 14_502 * account_ids.length,
        unsent: account_ids.includes(1) ? 3 : 0,
      }),
      'accounts.delete': ({ account_ids }) => {
        this.rows = this.rows.filter((row) => !account_ids.includes(row.id));
        this.announce({ tag: 'accounts' });
        return {};
      },
      'accounts.quarantine': () => [
        {
          id: 1,
          raw: '{"update_id":901,"message":{"date":"вчера","chat":{"id":17}}}',
          problem: 'message.date: expected an integer',
          received_at: now - 3 * 60 * MINUTE,
        },
        {
          id: 2,
          raw: '{"update_id":902,"gift_exchange":{"from":17,"to":23}}',
          problem: 'unknown update: gift_exchange',
          received_at: now - 22 * MINUTE,
        },
      ],
      'alerts.list': () =>
        this.rows.flatMap((row) =>
          row.active && row.connection.action && row.connection.reason
            ? [
                {
                  id: `${row.id}`,
                  account_id: row.id,
                  account_name: row.name,
                  channel: row.channel,
                  reason: row.connection.reason,
                  action: row.connection.action,
                  at: row.connection.since,
                },
              ]
            : [],
        ),
      'write_first.resolve': ({ text }) => this.writeFirst(text),
      'write_first.open': ({ account_id, text }) => {
        if (/00-?99/.test(text)) throw new ApiError('refused', { key: `${this.row(account_id).channel}.reason.unknown_number` });
        return { conversation_id: 2 };
      },
      ...exportAnswers((change) => this.announce(change), now, empty),
      ...analyticsAnswers(empty),
      ...journalAnswers(now),
      ...linkAnswers((change) => this.announce(change), now, empty),
      ...quickReplyAnswers((change) => this.announce(change), empty),
      ...ruleAnswers(
        (change) => this.announce(change),
        now,
        (id) => this.boot.channels.find((channel) => channel.id === this.row(id).channel),
      ),
      ...logins({ now, channels: () => this.boot.channels, add: (row, again) => this.add(row, again) }),
    };
  }

  private change(part: Partial<Boot>): Record<symbol, never> {
    this.boot = { ...this.boot, ...part };
    this.announce({ tag: 'settings' });
    return {};
  }

  private row(id: number): AccountRow {
    const row = this.rows.find((each) => each.id === id);
    if (!row) throw new ApiError('not_found');
    return row;
  }

  private put(ids: number[], part: Partial<AccountRow>): void {
    this.rows = this.rows.map((row) => (ids.includes(row.id) ? { ...row, ...part } : row));
    this.announce({ tag: 'accounts' });
  }

  private connect(id: number): void {
    const at = Date.now();
    this.put([id], { connection: { status: 'connecting', reason: null, action: null, since: at, retry_at: null, attempt: 0 } });
    setTimeout(
      () =>
        this.put([id], {
          last_seen_at: Date.now(),
          connection: { status: 'online', reason: null, action: null, since: at, retry_at: null, attempt: 0 },
        }),
      900,
    );
  }

  private add(channel: ChannelInfo, again: number | undefined): { account_id: number; name: string } {
    if (again !== undefined) {
      this.connect(again);
      return { account_id: again, name: this.row(again).name };
    }
    const id = Math.max(0, ...this.rows.map((row) => row.id)) + 1;
    const name = `${channel.texts['ru']?.['name'] ?? channel.id} · Новый`;
    this.rows = [
      ...this.rows,
      {
        id,
        channel: channel.id,
        name,
        handle: '@uyut_new',
        active: true,
        connection: { status: 'connecting', reason: null, action: null, since: Date.now(), retry_at: null, attempt: 0 },
        today_in: 0,
        today_out: 0,
        last_seen_at: null,
        quarantined: 0,
      },
    ];
    this.connect(id);
    return { account_id: id, name };
  }

  private writeFirst(text: string): WriteFirstOptions {
    const digits = text.replace(/\D/g, '');
    const understood =
      /^@?[a-z][\w.]{3,}$/i.test(text.trim()) && text.includes('@')
        ? 'username'
        : /\w\.\w+\//.test(text)
          ? 'link'
          : digits.length >= 10
            ? 'phone'
            : 'unknown';
    const address = understood === 'phone' ? `+7${digits.slice(-10)}` : text.trim();
    const refusal = (row: AccountRow): Reason | null => {
      const info = this.boot.channels.find((channel) => channel.id === row.channel);
      if (!info || info.capabilities.write_first.length === 0) return { key: `${row.channel}.reason.never_first` };
      if (row.connection.status !== 'online') return row.connection.reason ?? { key: 'reason.offline' };
      return info.capabilities.write_first.includes(understood) ? null : { key: `${row.channel}.reason.address_kind` };
    };
    const accounts =
      understood === 'unknown'
        ? []
        : this.rows
            .filter((row) => row.active)
            .map((row) => ({ account_id: row.id, channel: row.channel, name: row.name, refused: refusal(row) }));
    return { understood, address, known: [], accounts };
  }
}

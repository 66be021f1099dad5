import type {
  ContactView,
  ConversationRow,
  ListConversations,
  ListMessages,
  MessagePage,
  MessageView,
  Reason,
  SendMessage,
} from '../../api/schema.gen';
import { ApiError } from '../../api/errors';
import { fakeHost, type Answers, type FakeHost } from '../fakeHost';
import { aBoot } from './boot';
import { accounts } from './channels';
import { aMessage, chatter, KITCHEN, kitchen } from './messages';
import { people } from './people';
import { kitchenPicture } from './pictures';

export interface WorldOptions {
  now?: number;
  conversations?: number;
  /** In each conversation but the first. */
  messages?: number;
  /** Nothing connected yet. */
  empty?: boolean;
  answers?: Answers;
}

const order = (a: ConversationRow, b: ConversationRow) => Number(b.pinned) - Number(a.pinned) || b.moved_at - a.moved_at || b.id - a.id;

/** An invented workspace with a memory: what is asked of it changes it, and the change is announced. */
export class World {
  readonly host: FakeHost;
  readonly rows = new Map<number, ConversationRow>();
  readonly threads = new Map<number, MessageView[]>();
  private readonly notes = new Map<number, ContactView['notes']>([
    [1, [{ id: 1, text: 'Окно 3240 мм, газ слева. Муж против глянца, показать матовый МДФ.', author: 'Олег Тарасов', at: 0 }]],
  ]);
  private boot = aBoot();
  private lastId = 5_000_000_000;
  private readonly now: number;
  private readonly length: number;

  constructor({ now = Date.now(), conversations = 19, messages = 40, empty = false, answers = {} }: WorldOptions = {}) {
    this.now = now;
    this.length = messages;
    if (!empty) people(now, conversations).forEach((row) => this.rows.set(row.id, row));
    this.threads.set(1, kitchen(now));
    this.notes.get(1)?.forEach((note) => {
      note.at = now - 252 * 60_000;
    });
    const connected = empty ? [] : accounts(now);
    this.host = fakeHost(
      {
        boot: () => this.boot,
        'settings.save': (settings) => {
          this.boot = { ...this.boot, settings };
          this.host.announce({ tag: 'settings' });
          return {};
        },
        'profile.save': (profile) => {
          this.boot = { ...this.boot, profile };
          this.host.announce({ tag: 'settings' });
          return {};
        },
        'accounts.list': () => connected,
        'alerts.list': () =>
          connected
            .filter((row) => row.connection.status === 'needs_login')
            .map((row) => ({
              id: `${row.id}`,
              account_id: row.id,
              account_name: row.name,
              channel: row.channel,
              reason: { key: 'reason.logged_out' },
              action: row.connection.action,
              at: row.connection.since,
            })),
        'conversations.list': (req) => this.list(req),
        'conversations.counts': () => this.counts(),
        'conversations.get': ({ conversation_id }) => this.view(conversation_id),
        'conversations.mark_read': ({ conversation_id, up_to }) =>
          this.put(conversation_id, { unread: up_to === null ? 0 : this.unreadAfter(conversation_id, up_to), marked_unread: false }),
        'conversations.change': ({ conversation_ids, waiting, ...rest }) => {
          conversation_ids.forEach((id) => this.put(id, { ...rest, ...(waiting === false ? { waiting_since: null } : {}) }));
          return {};
        },
        'conversations.set_tags': ({ conversation_id, tags }) => this.put(conversation_id, { tags }),
        'conversations.save_draft': ({ conversation_id, draft }) => this.put(conversation_id, { draft: draft?.text ?? null }),
        'conversations.typing': () => ({}),
        'conversations.load_older': () => ({ loaded: 0, more: false }),
        'messages.list': (req) => this.messages(req),
        'messages.send': (req) => this.send(req),
        'messages.edit': ({ message_id, text }) => this.change(message_id, { text, edited_at: Date.now() }),
        'messages.delete': ({ message_id }) => this.change(message_id, { deleted_at: Date.now(), can_edit: false, can_delete: false }),
        'messages.retry': ({ message_id }) => this.change(message_id, { tick: 'sent', delivery: null }),
        'messages.confirm_sent': ({ message_id }) => this.change(message_id, { tick: 'sent', delivery: null }),
        'messages.give_up': ({ message_id }) =>
          this.change(message_id, { tick: null, delivery: { state: 'cancelled', reason: null, retry_at: null, attempts: 1 } }),
        'files.retry': () => ({}),
        'contacts.get': ({ contact_id }) => this.contact(contact_id),
        'contacts.rename': ({ contact_id, name }) => {
          this.host.announce({ tag: 'contacts' });
          return this.put(contact_id, { title: name });
        },
        'contacts.add_note': ({ contact_id, text }) => {
          this.notes.set(contact_id, [
            { id: ++this.lastId, text, author: this.boot.profile.name, at: Date.now() },
            ...(this.notes.get(contact_id) ?? []),
          ]);
          this.host.announce({ tag: 'contacts' });
          return {};
        },
        'contacts.delete_note': ({ note_id }) => {
          this.notes.forEach((notes, id) =>
            this.notes.set(
              id,
              notes.filter((note) => note.id !== note_id),
            ),
          );
          this.host.announce({ tag: 'contacts' });
          return {};
        },
        search: ({ text, conversation_id }) => this.search(text, conversation_id),
        ...answers,
      },
      { mediaUrl: (id) => (id === KITCHEN ? kitchenPicture : `data:audio/ogg;base64,${id}`) },
    );
  }

  /** A client writes. */
  writes(conversation: number, text: string): void {
    const at = Date.now();
    this.thread(conversation).push(aMessage(conversation, ++this.lastId, at, { text, author: this.row(conversation).title }));
    const row = this.row(conversation);
    this.put(conversation, {
      moved_at: at,
      unread: row.unread + 1,
      waiting_since: row.waiting_since ?? at,
      last: {
        id: this.lastId,
        direction: 'in',
        author: row.title,
        preview: { kind: 'text', text },
        system: null,
        sent_at: at,
        tick: null,
        deleted: false,
      },
    });
    this.host.announce({ tag: 'messages', conversation_id: conversation });
  }

  /** Something happens in a conversation that nobody says. */
  happens(conversation: number, system: Reason): void {
    const at = Date.now();
    this.thread(conversation).push(aMessage(conversation, ++this.lastId, at, { direction: 'system', system }));
    const { last } = this.row(conversation);
    this.put(conversation, {
      moved_at: at,
      last: last && {
        ...last,
        id: this.lastId,
        direction: 'system',
        author: null,
        preview: { kind: 'text', text: '' },
        system,
        tick: null,
      },
    });
    this.host.announce({ tag: 'messages', conversation_id: conversation });
  }

  change(message: number, patch: Partial<MessageView>): Record<symbol, never> {
    for (const [id, thread] of this.threads) {
      const at = thread.findIndex((one) => one.id === message);
      const old = thread[at];
      if (!old) continue;
      thread[at] = { ...old, ...patch };
      this.host.announce({ tag: 'messages', conversation_id: id });
    }
    return {};
  }

  put(id: number, patch: Partial<ConversationRow>): Record<symbol, never> {
    this.rows.set(id, { ...this.row(id), ...patch });
    this.host.announce({ tag: 'conversations', ids: [id] });
    return {};
  }

  private row(id: number): ConversationRow {
    const row = this.rows.get(id);
    if (!row) throw new ApiError('not_found');
    return row;
  }

  private thread(id: number): MessageView[] {
    const thread = this.threads.get(id) ?? chatter(this.row(id), this.length);
    this.threads.set(id, thread);
    return thread;
  }

  private unreadAfter(conversation: number, message: number): number {
    const thread = this.thread(conversation);
    const after = thread.slice(thread.findIndex((one) => one.id === message) + 1).filter((one) => one.direction === 'in').length;
    return Math.min(after, this.row(conversation).unread);
  }

  private list({ filter, account_ids, tag, cursor, limit }: ListConversations) {
    const fits = (row: ConversationRow) =>
      row.archived === (filter === 'archived') &&
      (account_ids.length === 0 || account_ids.includes(row.account_id ?? 0)) &&
      (!tag || row.tags.includes(tag)) &&
      (filter !== 'unread' || row.unread > 0 || row.marked_unread) &&
      (filter !== 'unanswered' || row.waiting_since !== null) &&
      (filter !== 'mine' || row.mine);
    const all = [...this.rows.values()].filter(fits).sort(order);
    const from = cursor === null ? 0 : all.findIndex((row) => row.id === Number(cursor)) + 1;
    const items = all.slice(from, from + (limit ?? 50));
    return { items, cursor: from + items.length < all.length ? String(items.at(-1)?.id) : null };
  }

  private counts() {
    const rows = [...this.rows.values()].filter((row) => !row.archived);
    const tags = new Map<string, number>();
    rows.flatMap((row) => row.tags).forEach((tag) => tags.set(tag, (tags.get(tag) ?? 0) + 1));
    const count = (fits: (row: ConversationRow) => boolean) => rows.filter(fits).length;
    return {
      unread: count((r) => r.unread > 0 && !r.muted),
      unanswered: count((r) => r.waiting_since !== null),
      filtered: count((r) => r.filtered > 0),
      mine: count((r) => r.mine),
      tags: [...tags].map(([tag, count]) => ({ tag, count })),
    };
  }

  private view(id: number) {
    const row = this.row(id);
    const account = accounts(this.now).find((one) => one.id === row.account_id);
    const unread = this.thread(id)
      .filter((message) => message.direction === 'in')
      .slice(-row.unread);
    return {
      row,
      account_name: account?.name ?? null,
      connection: account?.connection ?? null,
      reachability: 'open' as const,
      first_unread_id: row.unread ? (unread[0]?.id ?? null) : null,
      draft: row.draft ? { text: row.draft, reply_to: null } : null,
      pending: 0,
    };
  }

  private messages({ conversation_id, from, limit = 50 }: ListMessages): MessagePage {
    const all = this.thread(conversation_id);
    const at = 'id' in from ? all.findIndex((message) => message.id === from.id) : all.length;
    const [begin, end] =
      from.at === 'newest'
        ? [all.length - limit, all.length]
        : from.at === 'before'
          ? [at - limit, at]
          : from.at === 'after'
            ? [at + 1, at + 1 + limit]
            : [at - limit, at + 1 + limit];
    return { items: all.slice(Math.max(0, begin), end), more_before: begin > 0, more_after: end < all.length };
  }

  private send({ conversation_id, uid, text, reply_to }: SendMessage) {
    const at = Date.now();
    const id = ++this.lastId;
    const quoted = this.thread(conversation_id).find((message) => message.id === reply_to);
    this.thread(conversation_id).push(
      aMessage(conversation_id, id, at, {
        uid,
        text,
        direction: 'out',
        author: this.boot.profile.name,
        tick: 'sending',
        can_edit: true,
        can_delete: true,
        reply_to: quoted ? { message_id: quoted.id, author: quoted.author, preview: { kind: 'text', text: quoted.text } } : null,
      }),
    );
    this.put(conversation_id, {
      moved_at: at,
      waiting_since: null,
      draft: null,
      last: {
        id,
        direction: 'out',
        author: this.boot.profile.name,
        preview: { kind: 'text', text },
        system: null,
        sent_at: at,
        tick: 'sending',
        deleted: false,
      },
    });
    this.host.announce({ tag: 'messages', conversation_id });
    (['sent', 'delivered', 'read'] as const).forEach((tick, i) => setTimeout(() => this.change(id, { tick }), 500 + i * 900));
    return { message_ids: [id] };
  }

  private contact(id: number): ContactView {
    const row = this.row(id);
    const marina = id === 1;
    return {
      id,
      name: row.title,
      network_name: row.title,
      avatar_id: null,
      phones: marina ? ['+79000000023'] : [],
      identities: marina
        ? [{ channel: row.channel, username: 'marina_sokolova_demo', link: 'https://dove.example/marina_sokolova_demo' }]
        : [],
      city: marina ? 'Екатеринбург' : null,
      birthday: null,
      source: marina ? 'kitchen-loft / шоурум' : null,
      created_at: this.now - 36 * 3_600_000,
      notes: this.notes.get(id) ?? [],
      conversations: marina
        ? [
            row,
            ...['Кухня угловая, объявление', 'Спасибо, посмотрю каталог'].map((text, i) => ({
              ...row,
              id: 15 + i,
              channel: i ? 'petal' : 'bazaar',
              moved_at: this.now - (40 + i * 39) * 86_400_000,
              last: row.last && { ...row.last, preview: { kind: 'text' as const, text } },
            })),
          ]
        : [row],
    };
  }

  private search(text: string, conversation: number | null) {
    const words = text.toLowerCase();
    const fits = (said: string) => said.toLowerCase().includes(words);
    const ids = conversation === null ? [...this.threads.keys()] : [conversation];
    const messages = ids
      .flatMap((id) =>
        this.thread(id)
          .filter((message) => fits(message.text))
          .map((message) => ({ message, row: this.row(id) })),
      )
      .sort((a, b) => b.message.sent_at - a.message.sent_at)
      .slice(0, 100);
    return {
      conversations: conversation === null ? [...this.rows.values()].filter((row) => fits(row.title)).slice(0, 20) : [],
      messages: messages.map(({ message, row }) => ({
        message_id: message.id,
        conversation_id: row.id,
        title: row.title,
        channel: row.channel,
        direction: message.direction,
        sent_at: message.sent_at,
        excerpt: message.text,
        marks: [[message.text.toLowerCase().indexOf(words), text.length] as [number, number]],
        preview: { kind: 'text' as const, text: message.text },
      })),
      cursor: null,
    };
  }
}

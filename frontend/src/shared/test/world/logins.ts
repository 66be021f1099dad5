import { ApiError } from '../../api/errors';
import type { ChannelInfo, FieldView, LoginView, Reason, StartLogin, StepView } from '../../api/schema.gen';
import type { Answers } from '../fakeHost';

interface Desk {
  now: number;
  channels: () => ChannelInfo[];
  add: (channel: ChannelInfo, again: number | undefined) => { account_id: number; name: string };
}

interface Running {
  request: StartLogin;
  channel: ChannelInfo;
  at: number;
}

const field = (key: string, part: Partial<FieldView> = {}): FieldView => ({
  key,
  kind: 'text',
  options: [],
  value: null,
  optional: false,
  ...part,
});
const input = (text: string, fields: FieldView[], params: Record<string, string> = {}): StepView => ({
  kind: 'input',
  text,
  params,
  fields,
});
const wrong = (name: string, reason: Reason): ApiError => new ApiError('invalid', reason, [{ field: name, reason }]);

/** Logins of every form that the wizard must be able to draw. */
export function logins({ channels, add }: Desk): Answers {
  const running = new Map<string, Running>();
  let last = 0;
  const view = (login_id: string, step: StepView): LoginView => ({ login_id, step });

  const firstStep = ({ flow }: StartLogin): StepView => {
    switch (flow) {
      case 'qr':
        return { kind: 'show', text: 'login.qr.how', qr: `swallow:2@${'k7pm2xq9'.repeat(9)}`, code: null, refresh_secs: 20 };
      case 'phone':
        return input('login.phone.number', [field('phone')]);
      case 'oauth':
        return {
          kind: 'open_url',
          text: 'login.oauth.open',
          url: 'https://agora.example/authorize',
          fields: [field('answer')],
          refresh_secs: null,
        };
      default:
        return input('login.token.where', [field('token', { kind: 'secret' })]);
    }
  };
  const done = (id: string, { channel, request }: Running): LoginView => {
    running.delete(id);
    return view(id, { kind: 'done', ...add(channel, request.account_id) });
  };

  return {
    'login.start': (request) => {
      const channel = channels().find((each) => each.id === request.channel);
      if (!channel) throw new ApiError('not_found');
      const id = `login-${++last}`;
      running.set(id, { request, channel, at: 0 });
      return view(id, firstStep(request));
    },
    'login.next': ({ login_id, inputs }) => {
      const login = running.get(login_id);
      if (!login) throw new ApiError('not_found');
      const {
        request: { flow, proxy },
        channel,
      } = login;
      if (flow === 'qr') {
        login.at += 1;
        return view(login_id, {
          kind: 'show',
          text: 'login.qr.how',
          qr: `swallow:2@${`m${login.at}x9q2pk7`.repeat(9)}`,
          code: null,
          refresh_secs: 20,
        });
      }
      if (flow === 'phone') {
        if ((inputs['phone'] ?? '').replace(/\D/g, '').length < 11) throw wrong('phone', { key: 'swift.reason.phone' });
        return view(login_id, { kind: 'show', text: 'login.phone.how', qr: null, code: 'K7PM-2XQ9', refresh_secs: 161 });
      }
      if (flow === 'oauth') {
        login.at += 1;
        if (login.at === 1)
          return view(
            login_id,
            input('login.oauth.choose', [
              field('community', {
                kind: 'choice',
                options: [
                  ['1', 'Автозапчасти на Лесной'],
                  ['2', 'Уютный дом: мебель'],
                  ['3', 'Цветы «Лилия»'],
                ],
              }),
            ]),
          );
        return done(login_id, login);
      }
      if (login.at === 1) return done(login_id, login);
      const token = inputs['token'] ?? '';
      if (token.includes('blocked') && !proxy) throw new ApiError('network', { key: 'reason.blocked' });
      if (token.includes('taken')) {
        login.at = 1;
        return view(login_id, input('login.webhook', [field('take_over', { kind: 'switch', optional: true })], { host: 'crm.example' }));
      }
      if (!/^\d+:/.test(token)) throw wrong('token', { key: channel.id === 'dove' ? 'dove.reason.token' : 'reason.required' });
      return done(login_id, login);
    },
    'login.cancel': ({ login_id }) => {
      running.delete(login_id);
      return {};
    },
  };
}

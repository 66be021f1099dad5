import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { ApiError } from '@/shared/api/errors';
import { renderWithApp } from '../test/renderWithApp';
import { anOffice, askedOf } from './office';

const answer = { key: 'answer', kind: 'text', options: [], value: null, optional: false };
const wizard = async () => within(await screen.findByRole('dialog'));

async function begin(network: string, answers: Parameters<typeof anOffice>[1] = {}) {
  const { host, office } = anOffice({}, answers);
  const { user } = await renderWithApp(host, '/channels');
  await user.click(await screen.findByRole('button', { name: 'Подключить канал' }));
  const steps = await wizard();
  await user.click(await steps.findByRole('button', { name: new RegExp(network) }));
  return { host, office, user, steps };
}

describe('connecting a channel', () => {
  it('leads from the network over its way to the name of the new channel', async () => {
    const { host, user, steps } = await begin('Агора');
    await user.click(await steps.findByRole('button', { name: /Войти на странице сети/ }));
    expect(await steps.findByRole('button', { name: 'Открыть страницу' })).toBeVisible();
    await user.type(await steps.findByRole('textbox', { name: /Адрес открывшейся страницы/ }), 'https://agora.example/#code{Enter}');
    await user.click(await steps.findByRole('radio', { name: 'Уютный дом: мебель' }));
    await user.click(steps.getByRole('button', { name: 'Дальше' }));
    expect(await steps.findByRole('heading', { name: 'Агора · Новый' })).toBeVisible();
    expect(askedOf(host, 'login.next')).toMatchObject([
      { inputs: { answer: 'https://agora.example/#code' } },
      { inputs: { community: '2' } },
    ]);
    await user.click(steps.getByRole('button', { name: 'Готово' }));
    expect(await screen.findByRole('button', { name: 'Изменить: Агора · Новый' })).toBeVisible();
  });

  it('goes on by itself when the page has led the browser back here', async () => {
    let looks = 0;
    const page = { kind: 'open_url' as const, text: 'login.oauth.open', url: 'https://agora.example/', fields: [answer], refresh_secs: 1 };
    const { host, user, steps } = await begin('Агора', {
      'login.start': () => ({ login_id: 'a', step: page }),
      'login.next': () =>
        ++looks < 2 ? { login_id: 'a', step: page } : { login_id: 'a', step: { kind: 'done', account_id: 1, name: 'Агора · Новый' } },
    });
    await user.click(await steps.findByRole('button', { name: /Войти на странице сети/ }));
    const pasted = await steps.findByRole('textbox', { name: /Адрес открывшейся страницы/ });
    await user.type(pasted, 'https');
    expect(await steps.findByRole('heading', { name: 'Агора · Новый' }, { timeout: 5000 })).toBeVisible();
    expect(pasted).toHaveValue('https');
    expect(askedOf(host, 'login.next')).toMatchObject([{ inputs: {} }, { inputs: {} }]);
  });

  it('shows at its field what is wrong with a key, and keeps what was typed', async () => {
    const { user, steps } = await begin('Голубь');
    const key = await steps.findByLabelText('Ключ');
    await user.type(key, 'не ключ{Enter}');
    expect(await steps.findByText(/Это не похоже на ключ/)).toBeVisible();
    expect(key).toHaveValue('не ключ');
    expect(key).toHaveFocus();
  });

  it('asks again about an empty field without asking the network', async () => {
    const { host, user, steps } = await begin('Голубь');
    await steps.findByLabelText('Ключ');
    await user.click(steps.getByRole('button', { name: 'Дальше' }));
    expect(steps.getByText('Заполните это поле.')).toBeVisible();
    expect(askedOf(host, 'login.next')).toEqual([]);
  });

  it('goes on through a proxy where the network is blocked, with the key typed once', async () => {
    const { host, user, steps } = await begin('Голубь');
    await user.type(await steps.findByLabelText('Ключ'), '12:blocked{Enter}');
    expect(await steps.findByText(/эту сеть не пропускает провайдер/)).toBeVisible();
    await user.click(steps.getByRole('button', { name: /Настроить прокси/ }));
    await user.type(steps.getByRole('textbox', { name: /Прокси/ }), 'socks5://10.0.0.7:1080');
    await user.click(steps.getByRole('button', { name: 'Дальше' }));
    expect(await steps.findByRole('heading', { name: 'Голубь · Новый' })).toBeVisible();
    expect(askedOf(host, 'login.start').at(-1)).toEqual({ channel: 'dove', flow: 'token', proxy: 'socks5://10.0.0.7:1080' });
    expect(askedOf(host, 'login.next').at(-1)).toMatchObject({ inputs: { token: '12:blocked' } });
  });

  it('begins anew by itself when the backend has forgotten the login', async () => {
    let forgotten = true;
    const { office } = anOffice();
    const { host, user, steps } = await begin('Голубь', {
      'login.next': (request) => {
        if (forgotten) {
          forgotten = false;
          throw new ApiError('not_found', { key: 'error.login_over' });
        }
        return { login_id: request.login_id, step: { kind: 'done', account_id: 2, name: office.rows[1]!.name } };
      },
    });
    await user.type(await steps.findByLabelText('Ключ'), '12:abc{Enter}');
    expect(await steps.findByText(/Вход слишком затянулся/)).toBeVisible();
    await user.click(steps.getByRole('button', { name: 'Дальше' }));
    expect(await steps.findByRole('heading', { name: 'Голубь · Мебель' })).toBeVisible();
    expect(askedOf(host, 'login.start')).toHaveLength(2);
  });

  it('shows a code for the phone and how long it holds', async () => {
    const { user, steps } = await begin('Ласточка');
    await user.click(await steps.findByRole('button', { name: /код на телефон/ }));
    await user.type(await steps.findByRole('textbox', { name: /Номер телефона/ }), '+7 900 000-00-03{Enter}');
    expect(await steps.findByRole('img', { name: 'Код: K7PM-2XQ9' })).toBeVisible();
    expect(steps.getByText(/действует 2:4/)).toBeVisible();
    expect(steps.getByRole('button', { name: 'Дальше' })).toBeDisabled();
  });

  it('waits with the network and ends by itself', async () => {
    let asked = 0;
    const { steps } = await begin('Голубь', {
      'login.start': () => ({ login_id: 'x', step: { kind: 'wait', text: 'login.token.where' } }),
      'login.next': () => ({
        login_id: 'x',
        step: ++asked < 2 ? { kind: 'wait', text: 'login.token.where' } : { kind: 'done', account_id: 2, name: 'Голубь · Мебель' },
      }),
    });
    expect(await steps.findByRole('heading', { name: 'Голубь · Мебель' })).toBeVisible();
    expect(asked).toBe(2);
  });

  it('asks before a login under way is given up, and then leaves nothing behind', async () => {
    const { host, user, steps } = await begin('Голубь');
    await user.type(await steps.findByLabelText('Ключ'), '12:');
    await user.keyboard('{Escape}');
    expect(steps.getByText('Прервать вход? Введённое пропадёт.')).toBeVisible();
    await user.click(steps.getByRole('button', { name: 'Прервать' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(askedOf(host, 'login.cancel')).toEqual([{ login_id: 'login-1' }]);
  });

  it('logs an account in once more from its row', async () => {
    const { host } = anOffice();
    const { user } = await renderWithApp(host, '/channels');
    await user.click(await screen.findByRole('button', { name: 'Войти заново' }));
    const steps = await wizard();
    expect(steps.getByText('Вход заново: Базар · Мебель')).toBeVisible();
    await user.type(await steps.findByLabelText('Ключ'), '12:abc{Enter}');
    expect(await steps.findByText(/Вход обновлён/)).toBeVisible();
    expect(askedOf(host, 'login.start')).toEqual([{ channel: 'bazaar', flow: 'token', account_id: 5 }]);
  });
});

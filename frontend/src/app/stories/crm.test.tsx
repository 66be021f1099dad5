import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import type { LoginView } from '@/shared/api/schema.gen';
import { renderWithApp } from '../test/renderWithApp';
import { anOffice, askedOf } from './office';

describe('a CRM link', () => {
  it('is set up by the CRM’s own description, and shows at once what comes of it', async () => {
    const { host } = anOffice();
    const { user } = await renderWithApp(host, '/crm');
    const preview = within(await screen.findByRole('complementary', { name: 'Так появится сделка' }));
    expect(await preview.findByText('Марина Соколова, Ласточка · Мебель')).toBeVisible();
    const name = screen.getByRole('textbox', { name: 'Название сделки' });
    await user.clear(name);
    await user.type(name, 'Заявка %NAME%');
    expect(await preview.findByText('Заявка Марина Соколова')).toBeVisible();
    await user.click(screen.getByRole('radio', { name: /^Добавлять/ }));
    expect(screen.queryByRole('switch', { name: /Разделять комментарии/ })).toBeNull();
    await user.click(screen.getByRole('button', { name: 'Сохранить' }));
    await waitFor(() =>
      expect(askedOf(host, 'links.update')).toMatchObject([
        { link_id: 1, settings: { mode: 'append', lead_name: 'Заявка %NAME%', stage: { all: 'first', 3: 'unsorted' } } },
      ]),
    );
    await waitFor(() => expect(screen.queryByText(/Не сохранены/)).toBeNull());
  });

  it('keeps a value of each channel’s own only where there is one', async () => {
    const { host } = anOffice();
    const { user } = await renderWithApp(host, '/crm');
    const own = within(await screen.findByRole('group', { name: 'Этап новых' }));
    const stage = own.getByRole('combobox', { name: 'Этап новых: Голубь · Мебель' });
    await user.click(stage);
    const list = await waitFor(() => document.getElementById(stage.getAttribute('aria-controls') ?? '')!);
    await user.click(await within(list).findByRole('option', { name: 'Замер' }));
    await user.click(screen.getByRole('button', { name: 'Сохранить' }));
    await waitFor(() =>
      expect(askedOf(host, 'links.update')).toMatchObject([{ settings: { stage: { all: 'first', 2: 'measure', 3: 'unsorted' } } }]),
    );
  });

  it('says what is wrong with it and that nothing of the queue is lost', async () => {
    const state = { status: 'needs_login', reason: null, action: 'login', since: 0, retry_at: null, attempt: 1 } as const;
    const { host } = anOffice();
    const { links } = await import('@/shared/test/world/links');
    host.rpc = ((ask) => (name: string, payload: unknown) =>
      name === 'links.list' ? Promise.resolve([{ ...links[0], state }]) : ask(name, payload))(host.rpc.bind(host));
    await renderWithApp(host, '/crm');
    expect(await screen.findByText(/Подключите её заново\. Очередь сохранена\./)).toBeVisible();
  });

  it('is connected step by step, as the CRM asks', async () => {
    const asks: LoginView = {
      login_id: 'login-77',
      step: {
        kind: 'input',
        text: 'login.token',
        params: {},
        fields: [{ key: 'token', kind: 'secret', options: [], value: null, optional: false }],
      },
    };
    const linked = { login_id: 'login-77', step: { kind: 'linked', link_id: 3, name: 'Ива · loft' } } as unknown as LoginView;
    const { host } = anOffice({ empty: true }, { 'links.login': () => asks, 'login.next': () => linked });
    const { user } = await renderWithApp(host, '/crm');
    await user.click(await screen.findByRole('button', { name: /Ива/ }));
    const wizard = within(await screen.findByRole('dialog', { name: 'Новая CRM' }));
    await user.type(await wizard.findByLabelText('Ключ'), 'долгий-ключ');
    await user.click(wizard.getByRole('button', { name: 'Дальше' }));
    expect(await wizard.findByText('Ива · loft')).toBeVisible();
    expect(askedOf(host, 'links.login')).toMatchObject([{ crm: 'willow', flow: 'token' }]);
  });
});

it('the contact panel shows the deal, its stage and who is responsible', async () => {
  const { user } = await renderWithApp(anOffice().host, '/chats?id=1');
  await user.click(await screen.findByRole('button', { name: 'Карточка клиента' }));
  expect(await screen.findByText('Кухня «Лофт»')).toBeVisible();
  expect(screen.getByText('Замер · Ирина Белова')).toBeVisible();
  expect(screen.getByText('184 000 ₽')).toBeVisible();
});

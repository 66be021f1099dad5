import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { ApiError } from '@/shared/api/errors';
import { renderWithApp } from '../test/renderWithApp';
import { anOffice, askedOf } from './office';

const rowOf = async (name: string) => within((await screen.findByRole('button', { name: `Изменить: ${name}` })).closest('tr')!);
const dialog = async () => within(await screen.findByRole('dialog'));

describe('the channels page', () => {
  it('says how each channel is, why, and what to do', async () => {
    await renderWithApp(anOffice().host, '/channels');
    expect(await screen.findByText('5 на связи, 1 подключается, 3 требуют внимания, 1 выключен')).toBeVisible();
    const blocked = await rowOf('Ласточка · Автозапчасти');
    expect(blocked.getByText('Сеть заблокирована')).toBeVisible();
    expect(blocked.getByText(/Провайдер не пропускает сеть/)).toBeVisible();
    expect(blocked.getByRole('button', { name: 'Настроить прокси' })).toBeVisible();
    expect((await rowOf('Лепесток · Цветы')).getByText('только ответы')).toBeVisible();
  });

  it('switches a channel off at once and back on when that is refused', async () => {
    const { host } = anOffice({}, { 'accounts.activate': () => Promise.reject(new ApiError('storage', { key: 'error.storage' })) });
    const { user } = await renderWithApp(host, '/channels');
    const active = (await rowOf('Голубь · Мебель')).getByRole('switch');
    await user.click(active);
    expect(await screen.findByText(/Не удалось сохранить/)).toBeVisible();
    expect(active).toBeChecked();
  });

  it('turns several off together', async () => {
    const { host } = anOffice();
    const { user } = await renderWithApp(host, '/channels');
    await user.click(await screen.findByRole('checkbox', { name: 'Выбрать: Голубь · Мебель' }));
    await user.click(screen.getByRole('checkbox', { name: 'Выбрать: Клён · Цветы' }));
    const bar = within(screen.getByRole('toolbar'));
    expect(bar.getByText('2 канала выбраны')).toBeVisible();
    await user.click(bar.getByRole('button', { name: 'Выключить' }));
    expect(askedOf(host, 'accounts.activate')).toEqual([{ account_ids: [2, 6], active: false }]);
  });

  it('finds by name or number', async () => {
    const { user } = await renderWithApp(anOffice().host, '/channels');
    await user.type(await screen.findByRole('textbox', { name: 'Название или номер' }), '00-09');
    expect(screen.getAllByRole('row')).toHaveLength(2);
    await user.type(screen.getByRole('textbox', { name: 'Название или номер' }), 'нет такого');
    expect(screen.getByText('Ничего не нашлось')).toBeVisible();
  });

  it('sets one proxy for the channel that is blocked', async () => {
    const { host } = anOffice();
    const { user } = await renderWithApp(host, '/channels');
    await user.click(await screen.findByRole('button', { name: 'Настроить прокси' }));
    const field = await (await dialog()).findByRole('textbox', { name: /Прокси/ });
    await user.type(field, 'не адрес');
    await user.click(screen.getByRole('button', { name: 'Сохранить и подключиться' }));
    expect(screen.getByText(/Это не похоже на адрес прокси/)).toBeVisible();
    await user.clear(field);
    await user.type(field, 'socks5://10.0.0.7:1080');
    await user.click(screen.getByRole('button', { name: 'Сохранить и подключиться' }));
    await waitFor(() => expect(askedOf(host, 'accounts.update')).toEqual([{ account_id: 8, proxy: 'socks5://10.0.0.7:1080' }]));
    expect(await screen.findByText('6 на связи, 1 подключается, 2 требуют внимания, 1 выключен', {}, { timeout: 3000 })).toBeVisible();
  });

  it('names by number what a deletion loses, and keeps the conversations unless told otherwise', async () => {
    const { host } = anOffice();
    const { user } = await renderWithApp(host, '/channels');
    await user.click((await rowOf('Ласточка · Мебель')).getByRole('button', { name: 'Ещё: Ласточка · Мебель' }));
    await user.click(await screen.findByRole('menuitem', { name: 'Удалить…' }));
    const question = await dialog();
    expect(await question.findByText(/128 бесед, 14\s502 сообщения: читать можно/)).toBeVisible();
    expect(question.getByText('3 неотправленных сообщения не уйдут.')).toBeVisible();
    expect(question.getByRole('radio', { name: /Оставить переписку/ })).toBeChecked();
    await user.click(question.getByRole('button', { name: 'Удалить канал' }));
    expect(askedOf(host, 'accounts.delete')).toEqual([{ account_ids: [1], with_history: false }]);
    await waitFor(() => expect(screen.queryByText('Ласточка · Мебель')).toBeNull());
  });

  it('shows what the network sent and nobody understood', async () => {
    const { user } = await renderWithApp(anOffice().host, '/channels');
    await user.click(await screen.findByRole('button', { name: '2 непонятных обновления отложено' }));
    expect(await (await dialog()).findByText('unknown update: gift_exchange')).toBeVisible();
  });

  it('offers the networks when nothing is connected', async () => {
    const { user } = await renderWithApp(anOffice({ empty: true }).host, '/channels');
    await user.click(await screen.findByRole('button', { name: /Голубь/ }));
    const key = await (await dialog()).findByLabelText('Ключ');
    await waitFor(() => expect(key).toHaveFocus());
  });
});

describe('editing a channel', () => {
  const open = async (answers = {}) => {
    const { host } = anOffice({}, answers);
    const { user } = await renderWithApp(host, '/channels');
    await user.click(await screen.findByRole('button', { name: 'Изменить: Голубь · Мебель' }));
    return { host, user, name: await screen.findByRole('textbox', { name: 'Название' }) };
  };

  it('tells at the field that a name is taken, and saves another one', async () => {
    const { host, user, name } = await open();
    await user.clear(name);
    await user.type(name, 'Клён · цветы');
    await user.click(screen.getByRole('button', { name: 'Сохранить' }));
    expect(screen.getByText(/Так уже называется другой канал/)).toBeVisible();
    await user.type(name, ' на Лесной');
    await user.click(screen.getByRole('button', { name: 'Сохранить' }));
    await waitFor(() => expect(askedOf(host, 'accounts.update')).toEqual([{ account_id: 2, name: 'Клён · цветы на Лесной' }]));
  });

  it('shows what only the backend knows at its field', async () => {
    const { user, name } = await open({
      'accounts.update': () =>
        Promise.reject(
          new ApiError('invalid', { key: 'error.setting_value' }, [
            { field: 'settings.history_hours', reason: { key: 'error.setting_value' } },
          ]),
        ),
    });
    await user.type(name, '!');
    await user.click(screen.getByRole('button', { name: 'Сохранить' }));
    expect(await screen.findByText('Такого значения здесь быть не может.')).toBeVisible();
  });

  it('asks before typed words are lost', async () => {
    const { host, user, name } = await open();
    await user.type(name, '!');
    await user.keyboard('{Escape}');
    expect(screen.getByText('Изменения не сохранены. Сохранить их?')).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Не сохранять' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(askedOf(host, 'accounts.update')).toEqual([]);
  });

  it('sends the settings as their kinds, all of them', async () => {
    const { host, user } = await open();
    await user.click(screen.getByRole('switch', { name: /Отмечать прочитанным/ }));
    const hours = screen.getByRole('textbox', { name: /Загружать историю/ });
    await user.clear(hours);
    await user.type(hours, '48');
    await user.click(screen.getByRole('button', { name: 'Сохранить' }));
    await waitFor(() =>
      expect(askedOf(host, 'accounts.update')).toEqual([
        { account_id: 2, settings: { mark_read: true, history_hours: 48, signature: '' } },
      ]),
    );
  });
});

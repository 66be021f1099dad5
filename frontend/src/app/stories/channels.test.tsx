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

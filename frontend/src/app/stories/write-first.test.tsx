import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { ApiError } from '@/shared/api/errors';
import { renderWithApp } from '../test/renderWithApp';
import { anOffice, askedOf } from './office';

async function begin(address: string, answers: Parameters<typeof anOffice>[1] = {}) {
  const { host, world } = anOffice({}, answers);
  const app = await renderWithApp(host, '/channels');
  await screen.findByRole('table');
  await app.user.keyboard('{Control>}n{/Control}');
  const dialog = within(await screen.findByRole('dialog'));
  await app.user.type(await dialog.findByRole('textbox', { name: 'Кому' }), address);
  return { host, world, dialog, ...app };
}

describe('writing first', () => {
  it('understands a number, offers the accounts that can, and says why the others cannot', async () => {
    const { dialog } = await begin('8 900 000-00-31');
    expect(await dialog.findByText('номер верный')).toBeVisible();
    expect(dialog.getByRole('radio', { name: /Ласточка · Мебель/ })).toBeChecked();
    expect(dialog.getByRole('radio', { name: /Ласточка · Автозапчасти.*Провайдер не пропускает сеть/ })).toBeDisabled();
    expect(dialog.getByRole('radio', { name: /Клён · Цветы.*Бот не пишет первым/ })).toBeDisabled();
  });

  it('opens the conversation with the first words on their way', async () => {
    const { host, dialog, user, router } = await begin('8 900 000-00-31');
    await user.click(await dialog.findByRole('radio', { name: /Голубь · Мебель/ }));
    await user.type(dialog.getByRole('textbox', { name: 'Сообщение' }), 'Андрей, здравствуйте!{Control>}{Enter}{/Control}');
    await waitFor(() => expect(router.state.location).toMatchObject({ pathname: '/chats', search: { id: 2 } }));
    expect(askedOf(host, 'write_first.open')).toEqual([{ account_id: 2, text: '8 900 000-00-31' }]);
    expect(askedOf(host, 'messages.send')).toMatchObject([{ conversation_id: 2, text: 'Андрей, здравствуйте!', uploads: [] }]);
  });

  it('keeps everything when the network refuses, and says so', async () => {
    const { dialog, user } = await begin('8 900 000-00-99');
    await dialog.findByText('номер верный');
    await user.type(dialog.getByRole('textbox', { name: 'Сообщение' }), 'Добрый день!');
    await user.click(dialog.getByRole('button', { name: 'Отправить' }));
    expect(await dialog.findByText(/Этого номера нет в «Ласточке»/)).toBeVisible();
    expect(dialog.getByRole('textbox', { name: 'Сообщение' })).toHaveValue('Добрый день!');
  });

  it('sends the same message under the same uid when it is tried again', async () => {
    let broken = true;
    const { host, dialog, user } = await begin('8 900 000-00-31', {
      'messages.send': () => {
        if (broken) {
          broken = false;
          throw new ApiError('storage', { key: 'error.storage' });
        }
        return { message_ids: [1] };
      },
    });
    await dialog.findByText('номер верный');
    await user.type(dialog.getByRole('textbox', { name: 'Сообщение' }), 'Добрый день!');
    await user.click(dialog.getByRole('button', { name: 'Отправить' }));
    expect(await dialog.findByText(/Беседа открыта, но сообщение не поставлено в отправку/)).toBeVisible();
    await user.click(dialog.getByRole('button', { name: 'Отправить' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    const [first, second] = askedOf(host, 'messages.send') as { uid: string }[];
    expect(second?.uid).toBe(first?.uid);
    expect(askedOf(host, 'write_first.open')).toHaveLength(1);
  });

  it('says when an address is none', async () => {
    const { dialog } = await begin('кто-нибудь');
    expect(await dialog.findByText(/Не похоже ни на телефон/)).toBeVisible();
    expect(dialog.getByRole('button', { name: 'Открыть беседу' })).toBeDisabled();
  });

  it('shows people who are here already', async () => {
    const { dialog, user, router } = await begin('Марина', {
      'write_first.resolve': ({ text }) => ({
        understood: 'unknown',
        address: text,
        accounts: [],
        known: [...anOffice().world.rows.values()].slice(0, 1),
      }),
    });
    await user.click(await dialog.findByRole('button', { name: 'Открыть беседу: Марина Соколова' }));
    await waitFor(() => expect(router.state.location.search).toEqual({ id: 1 }));
  });
});

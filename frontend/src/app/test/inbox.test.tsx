import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { ApiError } from '@/shared/api/errors';
import { World } from '@/shared/test/world/world';
import { renderWithApp } from './renderWithApp';

const list = () => screen.findByRole('listbox', { name: 'Список бесед' });
const thread = () => screen.findByRole('log');
const composer = () => screen.findByRole('textbox', { name: 'Сообщение' });
const openChat = async (user: Awaited<ReturnType<typeof renderWithApp>>['user'], name: string) =>
  user.click(await within(await list()).findByText(name));

describe('an operator in the inbox', () => {
  it('opens a conversation at the line before the unread messages, and it counts as read', async () => {
    const world = new World();
    const { user } = await renderWithApp(world.host);
    await openChat(user, 'Марина Соколова');
    expect(within(await thread()).getByText('Новые сообщения')).toBeVisible();
    await waitFor(() => expect(world.rows.get(1)?.unread).toBe(0), { timeout: 3000 });
    expect(within(await thread()).getByText('Новые сообщения')).toBeVisible();
  });

  it('reads what happened in a group as a line in the middle and in the list, in the language of the window', async () => {
    const world = new World();
    const group = [...world.rows.values()].find((row) => row.kind === 'group')?.id ?? 0;
    const { user } = await renderWithApp(world.host, `/chats?id=${group}`);
    world.happens(group, { key: 'system.title', params: { who: 'Артём', title: 'Снабжение' } });
    const words = 'Артём меняет название чата: «Снабжение»';
    expect(await within(await thread()).findByText(new RegExp(words))).toBeVisible();
    expect(await within(await list()).findByText(words)).toBeVisible();
    await user.click(await screen.findByRole('link', { name: 'Настройки' }));
    await user.click(await screen.findByRole('radio', { name: 'English' }));
    await user.click(await screen.findByRole('link', { name: 'Chats' }));
    expect(await screen.findByText('Артём renamed the chat to “Снабжение”')).toBeVisible();
  });

  it('answers at once, and the ticks follow', async () => {
    const world = new World();
    const { user } = await renderWithApp(world.host, '/chats?id=2');
    await user.type(await composer(), 'Колодки есть, 4 200 ₽{Enter}');
    const bubble = (await within(await thread()).findByText('Колодки есть, 4 200 ₽')).closest('[data-out]') as HTMLElement;
    expect(await composer()).toHaveValue('');
    await waitFor(() => expect(within(bubble).getByLabelText('Доставлено')).toBeInTheDocument(), { timeout: 4000 });
    expect(within(await thread()).getAllByText('Колодки есть, 4 200 ₽')).toHaveLength(1);
  });

  it('sees a message that could not go out, with the reason, and sends it again', async () => {
    const world = new World();
    const { user } = await renderWithApp(world.host, '/chats?id=1');
    expect(await within(await thread()).findByText(/Не отправлено\. Нет связи с сетью/)).toBeVisible();
    await user.click(within(await thread()).getByRole('button', { name: 'Повторить' }));
    await waitFor(() => expect(screen.queryByText(/Не отправлено\./)).not.toBeInTheDocument());
    expect(world.host.asked).toContainEqual({ name: 'messages.retry', payload: { message_id: 9 } });
  });

  it('keeps the text when the app itself refuses it, and repeats it under the same name', async () => {
    let refuse = true;
    const uids: string[] = [];
    const world: World = new World({
      answers: {
        'messages.send': ({ uid }) => {
          uids.push(uid);
          if (refuse) throw new ApiError('storage', { key: 'error.storage' });
          return { message_ids: [1] };
        },
      },
    });
    const { user } = await renderWithApp(world.host, '/chats?id=2');
    await user.type(await composer(), 'Добрый день{Enter}');
    const again = await within(await thread()).findByRole('button', { name: 'Повторить' });
    refuse = false;
    await user.click(again);
    await waitFor(() => expect(uids).toHaveLength(2));
    expect(uids[0]).toBe(uids[1]);
  });

  it('decides what became of a message whose sending was cut off', async () => {
    const world = new World();
    const { user } = await renderWithApp(world.host, '/chats?id=10');
    await user.click(await within(await thread()).findByRole('button', { name: 'Отправлено' }));
    await waitFor(() => expect(screen.queryByRole('button', { name: 'Отправлено' })).not.toBeInTheDocument());
    expect(world.host.asked.some(({ name }) => name === 'messages.confirm_sent')).toBe(true);
  });

  it('finds the begun answer again after having looked elsewhere', async () => {
    const world = new World();
    const { user } = await renderWithApp(world.host, '/chats?id=2');
    await user.type(await composer(), 'Сейчас уточню на скла');
    await openChat(user, 'Павел Ермолаев');
    await waitFor(() => expect(world.rows.get(2)?.draft).toBe('Сейчас уточню на скла'));
    await waitFor(() => expect(screen.getAllByRole('option')[1]).toHaveTextContent('Черновик: Сейчас уточню на скла'));
    await openChat(user, 'Игорь Панфилов');
    expect(await composer()).toHaveValue('Сейчас уточню на скла');
  });

  it('answers with a quote, and Esc takes the quote away first', async () => {
    const world = new World();
    const { user } = await renderWithApp(world.host, '/chats?id=1');
    const question = (await within(await thread()).findByText('Да, четверг подходит')).closest('[data-first]') as HTMLElement;
    await user.click(within(question).getByRole('button', { name: 'Ответить', hidden: true }));
    await user.type(await composer(), 'Записал на 13:30{Enter}');
    await waitFor(() =>
      expect(world.host.asked).toContainEqual(
        expect.objectContaining({ name: 'messages.send', payload: expect.objectContaining({ reply_to: 10 }) as unknown }),
      ),
    );
  });

  it('changes an own message with the arrow up', async () => {
    const world = new World();
    const { user } = await renderWithApp(world.host, '/chats?id=1');
    await user.type(await composer(), '{ArrowUp}');
    await waitFor(async () => expect(await composer()).toHaveValue('Адрес тот же, Лесная, 14?'));
    await user.clear(await composer());
    await user.type(await composer(), 'Адрес тот же: Лесная, 14?{Enter}');
    expect(await within(await thread()).findByText('Адрес тот же: Лесная, 14?')).toBeVisible();
  });
});

describe('the list', () => {
  it('moves a conversation up when somebody writes', async () => {
    const world = new World();
    await renderWithApp(world.host);
    await within(await list()).findByText('Роман Дьяков');
    world.writes(19, 'Позвоните, пожалуйста, сегодня');
    await waitFor(() => expect(screen.getAllByRole('option')[1]).toHaveTextContent('Позвоните, пожалуйста, сегодня'));
  });

  it('shows who waits for an answer, and nobody once it is not needed', async () => {
    const world = new World();
    const { user } = await renderWithApp(world.host, '/chats?filter=unanswered');
    expect(await screen.findAllByRole('option')).toHaveLength(5);
    await openChat(user, 'Сергей Котов');
    await user.click(await screen.findByRole('button', { name: 'Ответ не нужен' }));
    await waitFor(() => expect(screen.getAllByRole('option')).toHaveLength(4));
  });

  it('archives with a key in any keyboard layout, and gives it back', async () => {
    const world = new World();
    const { user } = await renderWithApp(world.host);
    await within(await list()).findByText('Юрий Степанов');
    await user.keyboard('{j}{j}');
    await user.keyboard('[KeyE]');
    await waitFor(() => expect(world.rows.get(2)?.archived).toBe(true));
    await user.click(await screen.findByRole('button', { name: 'Вернуть' }));
    await waitFor(() => expect(world.rows.get(2)?.archived).toBe(false));
  });

  it('says what an empty view is for', async () => {
    const { user } = await renderWithApp(new World().host, '/chats?filter=archived');
    expect(await screen.findByText('Архив пуст')).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Показать все' }));
    expect(await within(await list()).findByText('Марина Соколова')).toBeVisible();
  });
});

it('says that the app does not answer, and keeps showing what is known', async () => {
  const world = new World();
  await renderWithApp(world.host);
  await within(await list()).findByText('Марина Соколова');
  world.host.setState('lost');
  expect(await screen.findByText(/Нет связи с приложением/, {}, { timeout: 3000 })).toBeVisible();
  expect(within(await list()).getByText('Марина Соколова')).toBeVisible();
});

describe('news that come while a conversation is closed', () => {
  it('are shown from their beginning when it is opened again', async () => {
    const world = new World({ messages: 200 });
    const { user } = await renderWithApp(world.host, '/chats?id=6');
    await thread();
    await openChat(user, 'Павел Ермолаев');
    await screen.findByText('Резонатор пришёл, можно забирать', { selector: '[role=log] *' });
    for (let i = 1; i <= 150; i++) world.writes(6, `Новость № ${i}`);
    await openChat(user, 'Анна Лебедева');
    expect(await within(await thread()).findByText('Новость № 1')).toBeInTheDocument();
    expect(
      within(await thread())
        .getByText('Новые сообщения')
        .closest('[id]'),
    ).toHaveTextContent('Новость № 1');
  });
});

it('Enter on a button presses the button, and opens no conversation', async () => {
  const { user } = await renderWithApp(new World().host);
  await within(await list()).findByText('Марина Соколова');
  await user.keyboard('{j}{j}');
  screen.getByRole('tab', { name: /Непрочитанные/ }).focus();
  await user.keyboard('{Enter}');
  await waitFor(() => expect(screen.getByRole('tab', { name: /Непрочитанные/ })).toHaveAttribute('aria-selected', 'true'));
  expect(screen.queryByRole('log')).not.toBeInTheDocument();
});

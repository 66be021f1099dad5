import { fireEvent, screen, waitFor } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { renderWithApp } from '../test/renderWithApp';
import { anOffice, askedOf } from './office';

const marina = async (answers = {}) => {
  const { host } = anOffice({}, answers);
  const { user } = await renderWithApp(host, '/chats?id=1');
  const field = await screen.findByRole<HTMLTextAreaElement>('textbox', { name: 'Сообщение' });
  // What the story before has left begun.
  await user.clear(field);
  return { host, user, field };
};

describe('a slash in the composer', () => {
  it('finds by a few letters and puts the text in with the client’s name', async () => {
    const { host, user, field } = await marina();
    await user.type(field, 'Добрый день! /зам');
    const list = await screen.findAllByRole('option', { name: /^\/за/ });
    expect(list.map((one) => one.getAttribute('aria-selected'))).toEqual(['true', 'false']);
    await user.keyboard('{Enter}');
    await waitFor(() => expect(field.value).toBe('Добрый день! Марина, замер бесплатный и занимает 30–40 минут. Какой день удобен?'));
    expect(screen.queryByRole('listbox', { name: 'Быстрые ответы' })).toBeNull();
    expect(askedOf(host, 'messages.send')).toEqual([]);
  });

  it('sends at once with the file, but never with a hole in it', async () => {
    const { host, user, field } = await marina();
    await user.type(field, '/адрес');
    await screen.findByRole('option', { name: /адрес/ });
    fireEvent.keyDown(field, { key: 'Enter', ctrlKey: true });
    await waitFor(() =>
      expect(askedOf(host, 'messages.send')).toMatchObject([
        { text: expect.stringContaining('Лесная, 14') as string, uploads: [{ upload_id: 700 }] },
      ]),
    );
    await user.type(field, '/оплата');
    await screen.findByRole('option', { name: /оплата/ });
    fireEvent.keyDown(field, { key: 'Enter', ctrlKey: true });
    await waitFor(() => expect(field.value).toContain('№ 48213 на {lead.budget}'));
    expect(askedOf(host, 'messages.send')).toHaveLength(1);
  });

  it('keeps what is typed while the text is on its way', async () => {
    let arrive: (reply: unknown) => void = () => undefined;
    const { user, field } = await marina({ 'quick_replies.expand': () => new Promise((done) => (arrive = done)) });
    await user.type(field, '/адрес');
    await screen.findByRole('option', { name: /адрес/ });
    await user.keyboard('{Enter} Ждём вас!');
    arrive({ text: 'Лесная, 14.', uploads: [], unresolved: [] });
    await waitFor(() => expect(field).toHaveValue('Лесная, 14. Ждём вас!'));
  });

  it('leaves the words alone after Escape', async () => {
    const { user, field } = await marina();
    await user.type(field, '/адр');
    await screen.findByRole('option', { name: /адрес/ });
    await user.keyboard('{Escape}');
    await user.type(field, 'е');
    expect(screen.queryByRole('option', { name: /адрес/ })).toBeNull();
    expect(field).toHaveValue('/адре');
  });
});

describe('the page of quick replies', () => {
  it('takes a new one into a folder and does not take a name twice', async () => {
    const { host } = anOffice();
    const { user } = await renderWithApp(host, '/settings/replies');
    await user.click(await screen.findByRole('button', { name: 'Новый ответ' }));
    const name = screen.getByRole('textbox', { name: /Название$/ });
    await user.type(name, '/замер');
    await user.type(screen.getByRole('textbox', { name: 'Текст' }), 'Замер в четверг');
    await user.click(screen.getByRole('button', { name: 'Сохранить' }));
    expect(screen.getByText('Такое название уже есть. Дайте другое.')).toBeVisible();
    await user.type(name, ' в четверг');
    await user.click(screen.getByRole('button', { name: 'Сохранить' }));
    await waitFor(() =>
      expect(askedOf(host, 'quick_replies.save')).toMatchObject([{ folder_id: null, name: 'замер-в-четверг', shared: true, files: [] }]),
    );
    expect(await screen.findByRole('button', { name: /^\/замер-в-четверг/ })).toBeVisible();
  });

  it('says what becomes of the replies of a folder that goes', async () => {
    const { host } = anOffice();
    const { user } = await renderWithApp(host, '/settings/replies');
    await user.click(await screen.findByRole('button', { name: 'Папка Оплата и доставка' }));
    await user.click(await screen.findByRole('menuitem', { name: 'Удалить папку…' }));
    expect(await screen.findByText('2 ответа из неё останутся, уже без папки.')).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Удалить' }));
    await waitFor(() => expect(screen.queryByText('Оплата и доставка')).toBeNull());
    expect(screen.getByRole('button', { name: /^\/доставка/ })).toBeVisible();
  });
});

import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { ApiError } from '@/shared/api/errors';
import { renderWithApp } from '../test/renderWithApp';
import { anOffice, askedOf } from './office';

const open = async (answers = {}) => {
  const { host } = anOffice({}, answers);
  const { user, router } = await renderWithApp(host, '/channels');
  await user.click(await screen.findByRole('button', { name: 'Изменить: Голубь · Мебель' }));
  return { host, user, router, name: await screen.findByRole('textbox', { name: 'Название' }) };
};
const save = () => screen.getByRole('button', { name: 'Сохранить' });

describe('the settings of a channel', () => {
  it('tell at the field that a name is taken, and save another one', async () => {
    const { host, user, name } = await open();
    await user.clear(name);
    await user.type(name, 'Клён · цветы');
    await user.click(save());
    expect(screen.getByText(/Так уже называется другой канал/)).toBeVisible();
    await user.type(name, ' на Лесной');
    await user.click(save());
    await waitFor(() => expect(askedOf(host, 'accounts.update')).toEqual([{ account_id: 2, name: 'Клён · цветы на Лесной' }]));
  });

  it('show what only the backend knows at its field', async () => {
    const { user } = await open({
      'rules.save': () =>
        Promise.reject(
          new ApiError('invalid', { key: 'error.setting_value' }, [
            { field: 'settings.history_hours', reason: { key: 'error.setting_value' } },
          ]),
        ),
    });
    await user.type(screen.getByRole('textbox', { name: /Подпись/ }), '!');
    await user.click(save());
    expect(await screen.findByText('Такого значения здесь быть не может.')).toBeVisible();
  });

  it('are asked about before typed words are lost', async () => {
    const { host, user, router, name } = await open();
    await user.type(name, '!');
    await user.click(screen.getByRole('link', { name: 'Беседы' }));
    await user.click(await screen.findByRole('button', { name: 'Уйти без сохранения' }));
    await waitFor(() => expect(router.state.location.pathname).toBe('/chats'));
    expect(askedOf(host, 'accounts.update')).toEqual([]);
  });

  it('send what only this network has as its kinds, all of them', async () => {
    const { host, user } = await open();
    await user.click(screen.getByRole('switch', { name: /Отмечать прочитанным в «Голубе»/ }));
    const hours = screen.getByRole('textbox', { name: /Загружать историю/ });
    await user.clear(hours);
    await user.type(hours, '48');
    await user.click(save());
    await waitFor(() =>
      expect(askedOf(host, 'rules.save')).toMatchObject([
        { account_id: 2, values: { mark_read: true, history_hours: 48, signature: '', 'filter.mode': 'except' } },
      ]),
    );
  });
});

describe('filters', () => {
  it('name the word and the rule while Irina tries a text', async () => {
    const { user } = await open();
    await user.type(screen.getByRole('textbox', { name: 'Текст для проверки' }), 'Предлагаем продвижение');
    const verdict = within((await screen.findByText('Будет отфильтровано')).parentElement!);
    expect(verdict.getByText('продвижение')).toBeVisible();
    expect(verdict.getByText('продвижен*')).toBeVisible();
  });

  it('take a new rule, show what it would do, and judge the last days by it when told to', async () => {
    const { host, user } = await open();
    await user.type(screen.getByPlaceholderText('Ещё слово'), 'диван{Enter}');
    await user.click(await screen.findByRole('button', { name: 'Что изменят эти правила' }));
    const look = within(await screen.findByRole('dialog'));
    expect(await look.findByText('Диван «Осло», отдадите за 38 000?')).toBeVisible();
    await user.click(look.getAllByRole('button', { name: 'Закрыть' })[0]!);
    await user.click(save());
    const question = within(await screen.findByRole('dialog', { name: 'Проверить заново то, что уже пришло?' }));
    await user.click(await question.findByRole('button', { name: 'Проверить 7 дней заново' }));
    await waitFor(() => expect(askedOf(host, 'filters.rejudge')).toEqual([{ account_id: 2, days: 7 }]));
    expect(await screen.findByText(/скрыто 7, возвращено 0/)).toBeVisible();
    expect(askedOf(host, 'rules.save')).toMatchObject([{ values: { 'filter.words': expect.stringMatching(/\nдиван$/u) as string } }]);
  });

  it('keep the black list that was typed when a number in it is wrong', async () => {
    const { user } = await open();
    const list = screen.getByRole('textbox', { name: /Чёрный список/ });
    await user.type(list, '+7 900 000-00-6');
    await user.click(save());
    expect(await screen.findByText(/Строка 1: номер «\+7 900 000-00-6» неполный/)).toBeVisible();
    expect(list).toHaveValue('+7 900 000-00-6');
  });
});

describe('the automatic answer', () => {
  it('shows its variants, warns of equal texts, and will not be without words', async () => {
    const { user } = await open();
    expect(await screen.findByText(/6 вариантов текста/)).toBeVisible();
    expect(screen.getByText(/За одинаковые тексты сети могут заблокировать/)).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Показать другой' }));
    expect(await screen.findByText(/^Добрый вечер! Шоурум закрыт/)).toBeVisible();
    await user.clear(screen.getByRole('textbox', { name: /Текст автоответа/ }));
    await user.click(save());
    expect(await screen.findByText('Напишите, что отвечать.')).toBeVisible();
  });

  it('is silent on the days that Oleg takes out, and hides its fields when it is off', async () => {
    const { host, user } = await open();
    await user.click(screen.getByRole('button', { name: 'воскресенье' }));
    await user.click(save());
    await waitFor(() => expect(askedOf(host, 'rules.save')).toMatchObject([{ values: { 'auto_reply.days': [1, 2, 3, 4, 5, 6] } }]));
    await user.click(screen.getByRole('switch', { name: /^Автоответчик/ }));
    expect(screen.queryByRole('button', { name: 'воскресенье' })).toBeNull();
  });
});

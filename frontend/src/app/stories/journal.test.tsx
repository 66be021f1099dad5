import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { renderWithApp } from '../test/renderWithApp';
import { anOffice, askedOf } from './office';

describe('the journal', () => {
  it('counts the day, narrows by a column, and opens the journal of one message', async () => {
    const { host } = anOffice();
    const { user, router } = await renderWithApp(host, '/journal');
    const table = within(await screen.findByRole('table', { name: 'Сообщения' }));
    await user.click(await table.findByRole('button', { name: 'Фильтр: Ива · uyutdom' }));
    await user.click(await screen.findByRole('menuitem', { name: 'не удалось' }));
    await waitFor(() => expect(askedOf(host, 'journal.list').at(-1)).toMatchObject({ filter: { link_id: 1, status: 'failed' } }));
    expect(router.state.location.search).toMatchObject({ link: 1, state: 'failed' });
    await user.click((await table.findAllByRole('button', { name: 'Адрес тот же, Лесная, 14?' }))[0]!);
    const panel = within(await screen.findByRole('complementary', { name: 'Журнал сообщения' }));
    expect(await panel.findByText('Не отправлено')).toBeVisible();
    await user.click(panel.getByRole('button', { name: 'Повторить' }));
    await waitFor(() => expect(askedOf(host, 'messages.retry')).toHaveLength(1));
  });

  it('shows managers’ answers and sends a failed one again', async () => {
    const { host } = anOffice();
    const { user } = await renderWithApp(host, '/journal');
    await user.click(await screen.findByRole('tab', { name: 'Ответы из CRM' }));
    const row = within((await screen.findByText('Есть, отложить?')).closest('tr')!);
    expect(row.getByText('не удалось')).toBeVisible();
    await user.click(row.getByRole('button', { name: 'Повторить' }));
    await waitFor(() => expect(askedOf(host, 'replies.retry')).toEqual([{ reply_id: 48 }]));
  });

  it('says what it is for when nothing is connected to a CRM and nothing came', async () => {
    const { host } = anOffice({}, { 'links.list': () => [], 'journal.list': () => ({ items: [], next: null }) });
    await renderWithApp(host, '/journal');
    expect(await screen.findByText('За эти дни сообщений нет')).toBeVisible();
    expect(screen.queryByRole('tab')).toBeNull();
  });
});

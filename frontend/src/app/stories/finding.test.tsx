import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import type { SearchHit } from '@/shared/api/schema.gen';
import { renderWithApp } from '../test/renderWithApp';
import { anOffice, askedOf } from './office';

const hit = (id: number): SearchHit => ({
  message_id: id,
  conversation_id: 1,
  title: 'Марина Соколова',
  channel: 'swift',
  direction: 'in',
  sent_at: 1_790_000_000_000 + id,
  excerpt: `кухня ${id}`,
  marks: [[0, 5]],
  preview: { kind: 'text', text: '' },
});

describe('search over everything', () => {
  it('finds people and messages, marks the words and jumps to the message', async () => {
    const { host } = anOffice();
    const { user, router } = await renderWithApp(host, '/search');
    await user.type(await screen.findByRole('combobox', { name: 'Поиск по всем беседам' }), 'кухн');
    await waitFor(() => expect(askedOf(host, 'search').length).toBeGreaterThan(0));
    await user.keyboard('{Control>}a{/Control}Марина, доброе');
    const found = await screen.findByRole('row', { name: /Марина, доброе утро/ });
    expect(within(found).getByText('Марина, доброе').tagName).toBe('MARK');
    await user.keyboard('{ArrowDown}{Enter}');
    await waitFor(() => expect(router.state.location.search).toEqual({ id: 1, message: 4 }));
  });

  it('narrows by channel, direction, file, days and person', async () => {
    const { host } = anOffice();
    const { user, router } = await renderWithApp(host, '/search?q=%22кухня%22&from=%222026-11-01%22&to=%222026-11-02%22&contact=1');
    await user.click(await screen.findByRole('radio', { name: 'Входящие' }));
    await user.click(screen.getByRole('button', { name: 'С файлом' }));
    await waitFor(() =>
      expect(askedOf(host, 'search').at(-1)).toMatchObject({
        text: 'кухня',
        direction: 'in',
        has_file: true,
        contact_id: 1,
        from: Date.parse('2026-11-01T00:00:00+05:00'),
        to: Date.parse('2026-11-03T00:00:00+05:00'),
      }),
    );
    await user.click(await screen.findByRole('button', { name: 'Не только клиент Марина Соколова' }));
    await waitFor(() => expect(router.state.location.search).not.toHaveProperty('contact'));
  });

  it('loads further pages from where the last one ended', async () => {
    const { host } = anOffice(
      {},
      {
        search: ({ cursor }) =>
          cursor === null
            ? { conversations: [], messages: [hit(3), hit(2)], cursor: 'two' }
            : { conversations: [], messages: [hit(1)], cursor: null },
      },
    );
    const { user } = await renderWithApp(host, '/search?q=%22кухня%22');
    await user.click(await screen.findByRole('button', { name: 'Показать ещё' }));
    await waitFor(() => expect(within(screen.getByRole('grid', { name: 'Найденное' })).getAllByRole('row')).toHaveLength(3));
    expect(askedOf(host, 'search').map((payload) => (payload as { cursor: string | null }).cursor)).toEqual([null, 'two']);
    expect(screen.queryByRole('button', { name: 'Показать ещё' })).toBeNull();
  });

  it('says when nothing fits and offers to drop the filters', async () => {
    const { user, router } = await renderWithApp(anOffice().host, '/search?q=%22ничегонет%22&file=true');
    await user.click(await screen.findByRole('button', { name: 'Искать без фильтров' }));
    await waitFor(() => expect(router.state.location.search).not.toHaveProperty('file'));
  });
});

describe('the palette', () => {
  const open = async () => {
    const { host } = anOffice();
    const app = await renderWithApp(host, '/channels');
    await screen.findByRole('table');
    await app.user.keyboard('{Control>}k{/Control}');
    return { host, ...app, field: await screen.findByRole('combobox', { name: 'Беседа или действие' }) };
  };

  it('opens a conversation by the beginning of a name', async () => {
    const { user, router } = await open();
    await user.keyboard('мар');
    expect(await screen.findByRole('option', { name: /Марина Соколова/, selected: true })).toBeVisible();
    await user.keyboard('{Enter}');
    await waitFor(() => expect(router.state.location.search).toEqual({ id: 1 }));
  });

  it('runs an action, or searches everywhere for what was typed', async () => {
    const { user, router } = await open();
    await user.keyboard('настр');
    expect(await screen.findByRole('option', { name: /Настройки/ })).toBeVisible();
    await user.keyboard('{ArrowDown}{Enter}');
    await waitFor(() => expect(router.state.location).toMatchObject({ pathname: '/search', search: { q: 'настр' } }));
  });

  it('closes on Escape and gives the keyboard back', async () => {
    const { user, field } = await open();
    await user.keyboard('{Escape}');
    await waitFor(() => expect(field).not.toBeInTheDocument());
  });
});

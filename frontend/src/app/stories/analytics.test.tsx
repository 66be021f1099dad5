import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { renderWithApp } from '../test/renderWithApp';
import { anOffice, askedOf } from './office';

const names = (table: HTMLElement) =>
  within(table)
    .getAllByRole('row')
    .slice(1)
    .map((row) => within(row).getAllByRole('cell')[0]?.textContent);

describe('analytics', () => {
  it('compare with the period before, and follow the period', async () => {
    const { host } = anOffice();
    const { user, router } = await renderWithApp(host, '/analytics?from=%222026-11-01%22&to=%222026-11-21%22');
    const firsts = (await screen.findByText('Первых сообщений')).parentElement!;
    expect(firsts).toHaveTextContent('884+12 %');
    expect(screen.getByText('Время ответа, p90').parentElement).toHaveTextContent('22 мин+3 мин');
    await user.click(screen.getByRole('radio', { name: 'Неделя' }));
    await waitFor(() => expect(router.state.location.search).toEqual({ span: 'week' }));
    const { first_day, last_day } = askedOf(host, 'analytics.overview').at(-1) as { first_day: string; last_day: string };
    expect((Date.parse(last_day) - Date.parse(first_day)) / 86_400_000).toBe(6);
  });

  it('put operators in the order of any column', async () => {
    const { user } = await renderWithApp(anOffice().host, '/analytics');
    const table = await screen.findByRole('table', { name: 'Сотрудники' });
    expect(names(table)[0]).toContain('Ирина Белова');
    await user.click(within(table).getByRole('button', { name: 'p90' }));
    expect(names(table)[0]).toContain('Рустам Ахметов');
    await user.click(within(table).getByRole('button', { name: 'p90' }));
    expect(names(table)[0]).toContain('Ирина Белова');
    expect(names(table).at(-1)).toContain('Имя не указано');
  });

  it('order a table as a file', async () => {
    const { host } = anOffice();
    const { user } = await renderWithApp(host, '/analytics');
    await user.click(await screen.findByRole('button', { name: 'В Excel' }));
    await user.click(await screen.findByRole('menuitem', { name: 'По сотрудникам' }));
    await waitFor(() => expect(askedOf(host, 'analytics.export')).toMatchObject([{ table: 'operators', format: 'xlsx' }]));
    expect(await screen.findByText('Файл собирается.')).toBeVisible();
  });

  it('count by working hours that can be changed', async () => {
    const { host } = anOffice();
    const { user } = await renderWithApp(host, '/analytics');
    await user.click(await screen.findByRole('button', { name: 'Рабочие часы' }));
    const end = await screen.findByRole('textbox', { name: 'Конец' });
    await user.clear(end);
    await user.type(end, '25:00');
    await user.click(screen.getByRole('button', { name: 'Сохранить' }));
    expect(screen.getByText(/Такого времени нет/)).toBeVisible();
    await user.clear(end);
    await user.type(end, '20:30');
    await user.click(screen.getByRole('button', { name: 'Сохранить' }));
    await waitFor(() =>
      expect(askedOf(host, 'analytics.save_settings')).toMatchObject([
        { from_minutes: 600, to_minutes: 1230, days: [true, true, true, true, true, true, false] },
      ]),
    );
  });
});

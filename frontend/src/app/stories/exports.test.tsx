import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { ApiError } from '@/shared/api/errors';
import { renderWithApp } from '../test/renderWithApp';
import { anOffice, askedOf } from './office';

describe('exports', () => {
  it('orders the chosen columns and says beforehand how much it will be', async () => {
    const { host } = anOffice();
    const { user } = await renderWithApp(host, '/exports?from=%222026-10-01%22&to=%222026-10-31%22');
    expect(await screen.findByText(/Получится примерно/)).toHaveTextContent(/36\s399 строк/);
    await user.click(screen.getByRole('button', { name: /Контекст/ }));
    await user.click(screen.getByRole('button', { name: 'Телефон' }));
    await user.click(screen.getByRole('button', { name: 'Собрать файл' }));
    await waitFor(() =>
      expect(askedOf(host, 'exports.start')).toMatchObject([
        { first_day: '2026-10-01', last_day: '2026-10-31', format: 'xlsx', columns: ['channel', 'client', 'content', 'written', 'phone'] },
      ]),
    );
    expect(await screen.findByRole('region', { name: 'Собирается Беседка_2026-10-01_2026-10-31.xlsx' })).toHaveTextContent(
      'Ждёт своей очереди',
    );
  });

  it('shows how far a file is and stops it', async () => {
    const { host } = anOffice();
    const { user } = await renderWithApp(host, '/exports');
    const job = within(await screen.findByRole('region', { name: /Беседка_все_каналы/ }));
    expect(job.getByText(/60 %, осталось около/)).toBeVisible();
    await user.click(job.getByRole('button', { name: 'Остановить' }));
    await waitFor(() => expect(screen.queryByRole('region', { name: /Беседка_все_каналы/ })).toBeNull());
    expect(screen.getAllByText('остановлен')).toHaveLength(2);
  });

  it('says why a file was not made, makes it again, and names what is deleted', async () => {
    const { host } = anOffice();
    const { user } = await renderWithApp(host, '/exports');
    const row = within((await screen.findByText('Беседка_автозапчасти_сентябрь.xlsx')).closest('tr')!);
    expect(row.getByTitle(/На диске кончилось место: \/home\/irina/)).toBeVisible();
    await user.click(row.getByRole('button', { name: 'Собрать ещё раз' }));
    expect(askedOf(host, 'exports.repeat')).toEqual([{ export_id: 2 }]);
    const made = within(screen.getByText('Беседка_мебель_октябрь.xlsx').closest('tr')!);
    await user.click(made.getByRole('button', { name: 'Удалить' }));
    const question = within(await screen.findByRole('dialog', { name: 'Удалить «Беседка_мебель_октябрь.xlsx»?' }));
    await user.click(question.getByRole('button', { name: 'Удалить' }));
    await waitFor(() => expect(screen.queryByText('Беседка_мебель_октябрь.xlsx')).toBeNull());
  });

  it('keeps the order when it is refused', async () => {
    const reason = { key: 'exports.error.read_only', params: { folder: '/media/usb' } };
    const { host } = anOffice({}, { 'exports.start': () => Promise.reject(new ApiError('storage', reason)) });
    const { user } = await renderWithApp(host, '/exports');
    await user.click(await screen.findByRole('button', { name: 'Телефон' }));
    await user.click(screen.getByRole('button', { name: 'Собрать файл' }));
    expect(await screen.findByText(/В папку \/media\/usb нельзя записывать/)).toBeVisible();
    expect(screen.getByRole('button', { name: 'Телефон' })).toHaveAttribute('aria-pressed', 'true');
  });
});

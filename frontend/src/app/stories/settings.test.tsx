import { act, screen, waitFor } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { ApiError } from '@/shared/api/errors';
import { renderWithApp } from '../test/renderWithApp';
import { anOffice, askedOf } from './office';

describe('settings', () => {
  it('change the theme, the size of text and the language at once', async () => {
    const { host, office } = anOffice();
    const { user } = await renderWithApp(host, '/settings');
    await user.click(await screen.findByRole('radio', { name: 'Тёмная' }));
    await user.click(screen.getByRole('radio', { name: '125 %' }));
    await waitFor(() => expect(document.documentElement.style.fontSize).toBe('20px'));
    await waitFor(() => expect(document.documentElement).toHaveAttribute('data-mantine-color-scheme', 'dark'));
    await user.click(screen.getByRole('radio', { name: 'Español' }));
    expect(await screen.findByRole('heading', { name: 'Ajustes' })).toBeVisible();
    expect(office.boot.settings).toMatchObject({ theme: 'dark', font_percent: 125 });
    await user.click(screen.getByRole('radio', { name: 'Русский' }));
    await screen.findByRole('heading', { name: 'Настройки' });
  });

  it('save the profile and the limits together, and say at the field what is wrong', async () => {
    const { host, office } = anOffice();
    const { user } = await renderWithApp(host, '/settings');
    const alarm = await screen.findByRole('textbox', { name: 'Красный через, мин' });
    await user.clear(alarm);
    await user.type(alarm, '5');
    await user.type(screen.getByRole('textbox', { name: 'Почта' }), 'ирина');
    await user.click(screen.getByRole('button', { name: 'Сохранить' }));
    expect(screen.getByText('Красный должен наступать позже жёлтого.')).toBeVisible();
    expect(screen.getByText(/Это не похоже на адрес почты/)).toBeVisible();
    await user.type(alarm, '0');
    await user.type(screen.getByRole('textbox', { name: 'Почта' }), '@uyut.example');
    await user.click(screen.getByRole('button', { name: 'Сохранить' }));
    await waitFor(() => expect(screen.queryByText('Изменения не сохранены')).toBeNull());
    expect(office.boot.settings.wait_alarm_minutes).toBe(50);
    expect(office.boot.profile.email).toBe('ирина@uyut.example');
  });

  it('keep what was typed when it is refused', async () => {
    const { host } = anOffice(
      {},
      {
        'profile.save': () =>
          Promise.reject(new ApiError('invalid', { key: 'error.phone' }, [{ field: 'phone', reason: { key: 'error.phone' } }])),
      },
    );
    const { user } = await renderWithApp(host, '/settings');
    const phone = await screen.findByRole('textbox', { name: 'Телефон' });
    await user.type(phone, '+7 900');
    await user.click(screen.getByRole('button', { name: 'Сохранить' }));
    expect(await screen.findByText(/Номер неполный/)).toBeVisible();
    expect(phone).toHaveValue('+7 900');
  });

  it('ask before a page with typed words is left', async () => {
    const { host } = anOffice();
    const { user, router } = await renderWithApp(host, '/settings');
    await user.type(await screen.findByRole('textbox', { name: 'Имя' }), '!');
    await user.click(screen.getByRole('link', { name: 'Каналы' }));
    await user.click(await screen.findByRole('button', { name: 'Остаться' }));
    expect(router.state.location.pathname).toBe('/settings');
    await user.click(screen.getByRole('link', { name: 'Каналы' }));
    await user.click(await screen.findByRole('button', { name: 'Уйти без сохранения' }));
    await waitFor(() => expect(router.state.location.pathname).toBe('/channels'));
    expect(askedOf(host, 'profile.save')).toEqual([]);
  });

  it('list what is built in with its licences', async () => {
    const { user } = await renderWithApp(anOffice().host, '/settings');
    await user.click(await screen.findByText('Чужой код внутри и его лицензии'));
    const list = (await screen.findByText('Чужой код внутри и его лицензии')).closest('details')!;
    await act(async () => {
      list.open = true;
      list.dispatchEvent(new Event('toggle'));
      await Promise.resolve();
    });
    await waitFor(() => expect(list).toHaveTextContent(/react-dom .*MIT/));
  });
});

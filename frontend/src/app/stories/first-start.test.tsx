import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { ApiError } from '@/shared/api/errors';
import { renderWithApp } from '../test/renderWithApp';
import { anOffice, askedOf } from './office';

describe('the first start', () => {
  it('leads from the profile to the first channel and ends there', async () => {
    const { host } = anOffice({ empty: true });
    const { user } = await renderWithApp(host);
    await user.click(await screen.findByRole('button', { name: 'Дальше' }));
    expect(screen.getByText(/Введите имя: так вы подписаны/)).toBeVisible();
    await user.type(screen.getByRole('textbox', { name: 'Имя' }), 'Ирина Белова{Enter}');
    await user.click(await screen.findByRole('button', { name: /Голубь/ }));
    const steps = within(await screen.findByRole('dialog'));
    await user.type(await steps.findByLabelText('Ключ'), '12:abc{Enter}');
    await user.click(await steps.findByRole('button', { name: 'Готово' }));
    await waitFor(() => expect(askedOf(host, 'onboarding.save')).toEqual([{ step: 'channels' }, { step: 'done' }]));
    expect(askedOf(host, 'profile.save')).toMatchObject([{ name: 'Ирина Белова', language: 'ru' }]);
    expect(screen.queryByText('Первый канал')).toBeNull();
  });

  it('can be left and is found where it was', async () => {
    const { host, office } = anOffice({ empty: true });
    office.boot = { ...office.boot, onboarding: { step: 'channels' }, profile: { ...office.boot.profile, name: 'Ирина Белова' } };
    const { user } = await renderWithApp(host);
    expect(await screen.findByText('Ирина Белова, Екатеринбург')).toBeVisible();
    await user.click(screen.getByRole('link', { name: 'Настройки' }));
    await screen.findByRole('heading', { name: 'Настройки' });
    await user.click(screen.getByRole('link', { name: 'Беседы' }));
    expect(await screen.findByText('Откуда пишут клиенты?')).toBeVisible();
  });

  it('speaks another language as soon as it is chosen', async () => {
    const { user } = await renderWithApp(anOffice({ empty: true }).host);
    await user.click(await screen.findByRole('radio', { name: 'English' }));
    expect(await screen.findByRole('heading', { name: 'Every conversation in one window' })).toBeVisible();
    await user.click(screen.getByRole('radio', { name: 'Русский' }));
    expect(await screen.findByRole('heading', { name: 'Все переписки в одном окне' })).toBeVisible();
  });

  it('offers a look around first, which opens beside and says when it cannot', async () => {
    const { host } = anOffice({ empty: true });
    const openDemo = vi.fn(() => Promise.resolve());
    openDemo.mockRejectedValueOnce(new ApiError('storage', { key: 'workspace.other_failed' }));
    const { user } = await renderWithApp({ ...host, openDemo });
    await user.click(await screen.findByRole('button', { name: 'Открыть демо' }));
    expect(await screen.findByText(/Второе окно не открылось/)).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Открыть демо' }));
    await waitFor(() => expect(screen.queryByText(/Второе окно не открылось/)).toBeNull());
    expect(openDemo).toHaveBeenCalledTimes(2);
  });
});

describe('a demo', () => {
  it('says so on every screen and leads to channels of one’s own', async () => {
    const leaveDemo = vi.fn(() => Promise.resolve());
    const { user } = await renderWithApp({ ...anOffice().host, leaveDemo }, '/channels');
    await user.click(await screen.findByRole('button', { name: 'О демо' }));
    await user.click(await screen.findByRole('button', { name: 'Начать со своими каналами' }));
    expect(leaveDemo).toHaveBeenCalledOnce();
  });
});

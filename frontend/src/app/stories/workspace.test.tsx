import { screen, waitFor } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { ApiError } from '@/shared/api/errors';
import type { FakeHost } from '@/shared/test/fakeHost';
import { renderWithApp } from '../test/renderWithApp';
import { anOffice } from './office';

const open = { state: 'open', first_time: false, shortest_passphrase: 8, reason: null, damaged: false };
const locked = { ...open, state: 'locked', reason: { key: 'key.passphrase_needed' } };

/** The calls about the workspace stand outside the table. */
function guarded(own: Record<string, (payload: never) => unknown>): FakeHost {
  const { host } = anOffice();
  const rpc: FakeHost['rpc'] = (name, payload) => {
    const answer = own[name];
    if (answer) host.asked.push({ name, payload });
    return answer ? Promise.resolve().then(() => answer(payload as never)) : host.rpc(name, payload);
  };
  return { ...host, rpc };
}

beforeEach(() => localStorage.clear());

describe('a workspace behind a passphrase', () => {
  it('opens with it, and says when it does not fit', async () => {
    let status: object = locked;
    const host = guarded({
      'workspace.status': () => status,
      'workspace.unlock': ({ passphrase }: { passphrase: string }) => {
        if (passphrase !== 'четыре слова подряд')
          throw new ApiError('invalid', { key: 'key.wrong_passphrase' }, [
            { field: 'passphrase', reason: { key: 'key.wrong_passphrase' } },
          ]);
        return (status = open);
      },
      boot: () => (status === open ? anOffice().office.boot : Promise.reject(new ApiError('storage', { key: 'workspace.locked' }))),
    });
    const { user } = await renderWithApp(host, '/channels');
    expect(await screen.findByText(/зашифрована паролем/)).toBeVisible();
    await user.type(screen.getByLabelText('Пароль'), 'не тот{Enter}');
    expect(await screen.findByText(/Пароль не подошёл/)).toBeVisible();
    await user.clear(screen.getByLabelText('Пароль'));
    await user.type(screen.getByLabelText('Пароль'), 'четыре слова подряд{Enter}');
    expect(await screen.findByRole('heading', { name: 'Каналы' })).toBeVisible();
  });

  it('is given one where the system keeps no keys: long enough, and typed twice', async () => {
    const host = guarded({
      'workspace.status': () => ({ ...locked, first_time: true, reason: { key: 'key.no_keyring' } }),
      'workspace.unlock': () => open,
    });
    const { user } = await renderWithApp(host);
    expect(await screen.findByText(/нет хранилища ключей/)).toBeVisible();
    await user.type(screen.getByLabelText('Пароль'), 'мало{Enter}');
    expect(screen.getByText('Слишком коротко: нужно не меньше 8 знаков.')).toBeVisible();
    await user.type(screen.getByLabelText('Пароль'), ' слов было');
    await user.type(screen.getByLabelText('Ещё раз'), 'мало слов{Enter}');
    expect(screen.getByText('Пароли не совпадают.')).toBeVisible();
    await user.type(screen.getByLabelText('Ещё раз'), ' было{Enter}');
    await waitFor(() =>
      expect(host.asked.filter(({ name }) => name === 'workspace.unlock')).toEqual([
        { name: 'workspace.unlock', payload: { passphrase: 'мало слов было' } },
      ]),
    );
  });
});

describe('a workspace in trouble', () => {
  it('says why it did not open and tries again', async () => {
    let status: object = { ...open, state: 'failed', reason: { key: 'workspace.in_use', params: { folder: '/home/irina/Besedka' } } };
    const host = guarded({ 'workspace.status': () => status, 'workspace.retry': () => (status = open) });
    const { user } = await renderWithApp(host, '/channels');
    expect(await screen.findByText(/\/home\/irina\/Besedka уже открыта/)).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Повторить' }));
    expect(await screen.findByRole('heading', { name: 'Каналы' })).toBeVisible();
  });

  it('tells once that a backup took the place of a damaged file', async () => {
    const { host, office } = anOffice();
    office.boot = {
      ...office.boot,
      workspace: {
        ...office.boot.workspace,
        recovered: { backup_at: Date.parse('2026-11-21T03:00:00Z'), damaged_file: '/home/irina/Besedka/damaged-1.db' },
      },
    };
    const { user } = await renderWithApp(host, '/channels');
    expect(await screen.findByText(/Открыта резервная копия от 21 ноября/)).toBeVisible();
    expect(screen.getByText(/damaged-1\.db/)).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Закрыть' }));
    expect(screen.queryByText(/Открыта резервная копия/)).toBeNull();
  });

  it('brings a backup back only when asked twice', async () => {
    const host = guarded({ 'workspace.status': () => ({ ...open, damaged: true }), 'workspace.restore': () => open });
    const { user } = await renderWithApp(host, '/channels');
    await user.click(await screen.findByRole('button', { name: 'Вернуть копию…' }));
    await user.click(await screen.findByRole('button', { name: 'Вернуть копию' }));
    await waitFor(() => expect(screen.queryByText(/Проверка нашла повреждения/)).toBeNull());
  });
});

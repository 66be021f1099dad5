import { render } from '@testing-library/react';
import { createMemoryHistory } from '@tanstack/react-router';
import userEvent from '@testing-library/user-event';
import { App } from '@/app/App';
import { createClient } from '@/app/client';
import { createAppRouter } from '@/app/routes';
import { startI18n } from '@/shared/i18n';
import type { FakeHost } from '@/shared/test/fakeHost';

/** The whole app on a fake backend, at an address. */
export async function renderWithApp(host: FakeHost, address = '/chats') {
  const i18n = await startI18n('ru');
  const client = createClient();
  const router = createAppRouter(createMemoryHistory({ initialEntries: [address] }));
  const user = userEvent.setup();
  const screen = render(<App host={host} client={client} i18n={i18n} router={router} />);
  return { ...screen, user, client, router };
}

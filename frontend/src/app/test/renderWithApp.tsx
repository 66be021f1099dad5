import { render } from '@testing-library/react';
import { createMemoryHistory } from '@tanstack/react-router';
import { VirtuosoMockContext } from 'react-virtuoso';
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
  const user = userEvent.setup({ delay: null });
  // jsdom lays nothing out: the virtual lists are told how much fits.
  const screen = render(
    <VirtuosoMockContext value={{ viewportHeight: 900, itemHeight: 62 }}>
      <App host={host} client={client} i18n={i18n} router={router} />
    </VirtuosoMockContext>,
  );
  return { ...screen, user, client, router };
}

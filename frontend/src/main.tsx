import '@fontsource-variable/inter/index.css';
import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import './shared/ui/global.css';
import { createRoot } from 'react-dom/client';
import { App } from './app/App';
import { createClient } from './app/client';
import { bootQuery } from './shared/api/boot';
import { callOf } from './shared/api/rpc';
import { prefetchInbox } from './features/inbox';
import { currentHost, type Host } from './shared/host';
import { startI18n } from './shared/i18n';
import { applyFontScale, currentLook } from './shared/lib/look';

/** `?fake` plays an invented workspace without a backend, in development and in builds for tests; a production build holds no trace of it. */
async function chooseHost(): Promise<Host> {
  if ((import.meta.env.DEV || import.meta.env.MODE === 'fake') && new URLSearchParams(location.search).has('fake')) {
    const { playWorld } = await import('./shared/test/playWorld');
    return playWorld();
  }
  return currentHost();
}

async function start(): Promise<void> {
  const host = await chooseHost();
  const client = createClient();
  // Asked before the first component exists: the first paint already has the conversations.
  const first = Promise.all([client.prefetchQuery(bootQuery(callOf(host))), prefetchInbox(client, callOf(host))]);
  applyFontScale();
  const i18n = await startI18n(currentLook().language);
  // A backend that takes longer must not keep the window white: the gate waits inside the app.
  await Promise.race([first, new Promise((late) => setTimeout(late, 400))]);
  const root = document.getElementById('root');
  if (root) createRoot(root).render(<App host={host} client={client} i18n={i18n} />);
}

void start();

import { RouterProvider } from '@tanstack/react-router';
import type { QueryClient } from '@tanstack/react-query';
import type { i18n as I18n } from 'i18next';
import { WorkspaceGate } from '@/features/workspace';
import type { Host } from '@/shared/host';
import { BootGate } from './BootGate';
import { ErrorBoundary } from './ErrorBoundary';
import { Providers } from './providers';
import { createAppRouter, type AppRouter } from './routes';

interface Props {
  host: Host;
  client: QueryClient;
  i18n: I18n;
  /** Tests bring their own, with a history in memory. */
  router?: AppRouter;
}

const appRouter = createAppRouter();

export function App({ host, client, i18n, router = appRouter }: Props) {
  return (
    <Providers host={host} client={client} i18n={i18n}>
      <ErrorBoundary>
        <WorkspaceGate>
          <BootGate>
            <RouterProvider router={router} />
          </BootGate>
        </WorkspaceGate>
      </ErrorBoundary>
    </Providers>
  );
}

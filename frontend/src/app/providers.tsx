import { useEffect, useState, type ReactNode } from 'react';
import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider, type QueryClient } from '@tanstack/react-query';
import type { i18n as I18n } from 'i18next';
import { I18nextProvider } from 'react-i18next';
import { BootProvider } from '@/shared/api/BootProvider';
import { watchChanges } from '@/shared/api/changes';
import { ConnectionContext, type Connection } from '@/shared/api/connection';
import { HostContext, type Host } from '@/shared/host';
import { listenToKeys } from '@/shared/lib/hotkeys';
import { useLook } from '@/shared/lib/look';
import { WordsProvider } from '@/shared/lib/WordsProvider';
import { cssVariables, theme } from '@/shared/ui/theme';

interface Props {
  host: Host;
  client: QueryClient;
  i18n: I18n;
  children: ReactNode;
}

/** The event stream comes and goes with a reload of the backend: only an absence that lasts is worth a banner. */
const LOST_AFTER_MS = 1200;

export function Providers({ host, client, i18n, children }: Props) {
  const { theme: scheme } = useLook();
  const [connection, setConnection] = useState<Connection>('open');

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = watchChanges(host, client, (state) => {
      clearTimeout(timer);
      if (state === 'open') setConnection('open');
      else timer = setTimeout(() => setConnection('lost'), LOST_AFTER_MS);
    });
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, [host, client]);

  useEffect(listenToKeys, []);

  return (
    <HostContext value={host}>
      <I18nextProvider i18n={i18n}>
        <QueryClientProvider client={client}>
          <MantineProvider
            theme={theme}
            cssVariablesResolver={cssVariables}
            {...(scheme === 'auto' ? { defaultColorScheme: 'auto' } : { forceColorScheme: scheme })}
          >
            <WordsProvider>
              <BootProvider>
                <ConnectionContext value={connection}>{children}</ConnectionContext>
              </BootProvider>
            </WordsProvider>
            <Notifications position="bottom-left" limit={3} autoClose={6000} />
          </MantineProvider>
        </QueryClientProvider>
      </I18nextProvider>
    </HostContext>
  );
}

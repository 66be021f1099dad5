import { useState } from 'react';
import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useCall } from '@/shared/api/rpc';
import type { ConversationView } from '@/shared/api/schema.gen';
import { useChannel } from '@/shared/channels/channels';
import { useErrorText } from '@/shared/lib/useErrorText';
import s from './Thread.module.css';

/** Above the oldest message that is stored: the network may have older ones. */
export function HistoryEdge({ view, moreBefore }: { view: ConversationView; moreBefore: boolean }) {
  const { t } = useTranslation();
  const call = useCall();
  const text = useErrorText();
  const history = useChannel(view.row.channel)?.info.capabilities.history;
  const [state, setState] = useState<'idle' | 'loading' | 'all' | { error: string }>('idle');
  if (moreBefore || !history || view.row.account_id === null) return <div className={s.edge} />;

  const load = async () => {
    setState('loading');
    try {
      const { more } = await call('conversations.load_older', { conversation_id: view.row.id });
      setState(more ? 'idle' : 'all');
    } catch (cause) {
      setState({ error: text(cause) });
    }
  };
  return (
    <div className={s.edge}>
      {state === 'all' ? (
        t('inbox.thread.allLoaded')
      ) : (
        <Button variant="subtle" c="dimmed" loading={state === 'loading'} onClick={() => void load()}>
          {t('inbox.thread.loadOlder')}
        </Button>
      )}
      {typeof state === 'object' && <span role="alert">{state.error}</span>}
    </div>
  );
}

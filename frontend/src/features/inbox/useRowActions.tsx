import { useMemo } from 'react';
import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { rpcQuery, useCall } from '@/shared/api/rpc';
import type { ChangeConversations, ConversationRow, ConversationView } from '@/shared/api/schema.gen';
import { useErrorText } from '@/shared/lib/useErrorText';
import { complain, tell } from '@/shared/ui/complain';
import { patchRows } from './list/useConversations';

type Switches = Omit<ChangeConversations, 'conversation_ids'>;

export interface RowActions {
  change: (row: ConversationRow, switches: Switches) => void;
  /** Archives or takes back, and offers the undo. */
  archive: (row: ConversationRow) => void;
  /** Read becomes unread and the other way round. */
  unread: (row: ConversationRow) => void;
}

const applied = (row: ConversationRow, { waiting, ...rest }: Switches): ConversationRow => ({
  ...row,
  ...rest,
  waiting_since: waiting === false ? null : row.waiting_since,
});

/** What can be done with a conversation: drawn at once, taken back when it is refused. */
export function useRowActions(): RowActions {
  const { t } = useTranslation();
  const call = useCall();
  const client = useQueryClient();
  const text = useErrorText();

  return useMemo(() => {
    const put = (row: ConversationRow, patch: (row: ConversationRow) => ConversationRow, send: () => Promise<unknown>) => {
      const undo = patchRows(client, [row.id], patch);
      const { queryKey } = rpcQuery(call, 'conversations.get', { conversation_id: row.id }, []);
      const before = client.getQueryData<ConversationView>(queryKey);
      if (before) client.setQueryData<ConversationView>(queryKey, { ...before, row: patch(before.row) });
      send().catch((cause: unknown) => {
        undo();
        if (before) client.setQueryData(queryKey, before);
        complain(text(cause));
      });
    };
    const change: RowActions['change'] = (row, switches) =>
      put(
        row,
        (old) => applied(old, switches),
        () => call('conversations.change', { conversation_ids: [row.id], ...switches }),
      );

    return {
      change,
      archive(row) {
        const archived = !row.archived;
        change(row, { archived });
        const id = `archive-${row.id}`;
        const back = () => {
          notifications.hide(id);
          change({ ...row, archived }, { archived: !archived });
        };
        tell(
          <span style={{ display: 'flex', alignItems: 'center', gap: 12 }}>
            <span style={{ flex: 1 }}>{t(archived ? 'inbox.action.archived' : 'inbox.action.unarchived', { name: row.title })}</span>
            <Button variant="subtle" size="compact-xs" onClick={back}>
              {t('act.undo')}
            </Button>
          </span>,
          id,
        );
      },
      unread(row) {
        if (row.unread > 0 || row.marked_unread)
          put(
            row,
            (old) => ({ ...old, unread: 0, marked_unread: false }),
            () => call('conversations.mark_read', { conversation_id: row.id, up_to: null }),
          );
        else change(row, { marked_unread: true });
      },
    };
  }, [call, client, t, text]);
}

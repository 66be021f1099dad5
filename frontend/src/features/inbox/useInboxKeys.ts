import { useEffect, useState } from 'react';
import { Archive, ArrowDown, ArrowUp, Mail, PenLine, UserRoundPlus, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { ConversationRow } from '@/shared/api/schema.gen';
import { useActions, type Action } from '@/shared/lib/actions';
import type { RowActions } from './useRowActions';

interface Inbox {
  rows: ConversationRow[] | undefined;
  openId: number | undefined;
  actions: RowActions;
  onOpen: (id: number) => void;
  onClose: () => void;
}

export const focusComposer = (): void => document.querySelector<HTMLElement>('[data-composer]')?.focus();
const focusList = (): void => document.querySelector<HTMLElement>('[role="listbox"]')?.focus();
const inComposer = (): boolean => document.activeElement?.matches('[data-composer]') ?? false;

/** The keyboard of the inbox (UI.md «Access»). Returns the row where it stands. */
export function useInboxKeys({ rows, openId, actions, onOpen, onClose }: Inbox): number | undefined {
  const { t } = useTranslation();
  const [cursor, setCursor] = useState<number | undefined>(openId);
  useEffect(() => setCursor(openId), [openId]);

  const move = (by: number) => {
    if (!rows?.length) return;
    document.documentElement.dataset.keyboard = '';
    const at = rows.findIndex((row) => row.id === cursor);
    setCursor(rows[Math.min(rows.length - 1, Math.max(0, at < 0 ? 0 : at + by))]?.id);
  };
  useEffect(() => {
    const off = () => {
      delete document.documentElement.dataset.keyboard;
    };
    window.addEventListener('pointerdown', off);
    return () => window.removeEventListener('pointerdown', off);
  }, []);

  const open = rows?.find((row) => row.id === (openId ?? cursor));
  const onOne = (id: string, label: string, icon: Action['icon'], keys: string[], run: (row: ConversationRow) => void): Action[] =>
    open ? [{ id, group: 'conversation', label, ...(icon ? { icon } : {}), keys, run: () => run(open) }] : [];
  const step = (by: number) => {
    const at = rows?.findIndex((row) => row.id === openId) ?? -1;
    const next = rows?.[at + by];
    if (next) onOpen(next.id);
  };

  useActions([
    {
      id: 'list.next',
      group: 'list',
      label: t('inbox.keys.next'),
      icon: ArrowDown,
      keys: ['j', 'arrowdown'],
      quiet: true,
      run: () => move(1),
    },
    {
      id: 'list.previous',
      group: 'list',
      label: t('inbox.keys.previous'),
      icon: ArrowUp,
      keys: ['k', 'arrowup'],
      quiet: true,
      run: () => move(-1),
    },
    {
      id: 'list.open',
      group: 'list',
      label: t('inbox.keys.open'),
      keys: ['enter'],
      quiet: true,
      run: () => {
        if (cursor === undefined) return;
        if (cursor === openId) focusComposer();
        else onOpen(cursor);
      },
    },
    {
      id: 'list.openNext',
      group: 'list',
      label: t('inbox.keys.openNext'),
      keys: ['alt+arrowdown'],
      quiet: true,
      inFields: true,
      run: () => step(1),
    },
    {
      id: 'list.openPrevious',
      group: 'list',
      label: t('inbox.keys.openPrevious'),
      keys: ['alt+arrowup'],
      quiet: true,
      inFields: true,
      run: () => step(-1),
    },
    {
      id: 'list.back',
      group: 'conversation',
      label: t('inbox.keys.back'),
      icon: X,
      keys: ['escape'],
      quiet: true,
      inFields: true,
      run: () => {
        if (inComposer()) focusList();
        else if (openId !== undefined) onClose();
      },
    },
    ...(openId === undefined
      ? []
      : [
          {
            id: 'thread.write',
            group: 'conversation' as const,
            label: t('inbox.keys.write'),
            icon: PenLine,
            keys: ['slash'],
            quiet: true,
            run: focusComposer,
          },
        ]),
    ...onOne('row.archive', t(open?.archived ? 'inbox.action.unarchive' : 'inbox.action.archive'), Archive, ['e'], (row) =>
      actions.archive(row),
    ),
    ...onOne(
      'row.unread',
      t(open && (open.unread > 0 || open.marked_unread) ? 'inbox.action.read' : 'inbox.action.unread'),
      Mail,
      ['u'],
      (row) => {
        actions.unread(row);
        if (row.id === openId) onClose();
      },
    ),
    ...onOne('row.assign', t(open?.mine ? 'inbox.action.unassign' : 'inbox.action.assign'), UserRoundPlus, ['a'], (row) =>
      actions.change(row, { mine: !row.mine }),
    ),
  ]);
  return cursor;
}

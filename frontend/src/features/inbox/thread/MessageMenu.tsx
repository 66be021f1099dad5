import { Menu } from '@mantine/core';
import { Copy, Pencil, Reply, Trash2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { MessageView } from '@/shared/api/schema.gen';
import { Icon } from '@/shared/ui/Icon';
import { PointMenu, type Point } from '@/shared/ui/PointMenu';
import { isLocal } from '../outgoing';

interface Props {
  at: Point;
  message: MessageView;
  canReply: boolean;
  onClose: () => void;
  onReply: (message: MessageView) => void;
  onEdit: (message: MessageView) => void;
  onDelete: (message: MessageView) => void;
}

/** What can be done with one message. */
export function MessageMenu({ at, message, canReply, onClose, onReply, onEdit, onDelete }: Props) {
  const { t } = useTranslation();
  const selected = window.getSelection()?.toString() ?? '';
  const text = selected || message.text;
  return (
    <PointMenu at={at} onClose={onClose} label={t('inbox.message.actions')}>
      {canReply && !isLocal(message) && (
        <Menu.Item leftSection={<Icon of={Reply} size={15} />} onClick={() => onReply(message)}>
          {t('inbox.message.reply')}
        </Menu.Item>
      )}
      {text && (
        <Menu.Item leftSection={<Icon of={Copy} size={15} />} onClick={() => void navigator.clipboard.writeText(text)}>
          {selected ? t('inbox.message.copySelected') : t('inbox.message.copy')}
        </Menu.Item>
      )}
      {message.can_edit && (
        <Menu.Item leftSection={<Icon of={Pencil} size={15} />} onClick={() => onEdit(message)}>
          {t('act.edit')}
        </Menu.Item>
      )}
      {message.can_delete && (
        <Menu.Item color="red" leftSection={<Icon of={Trash2} size={15} />} onClick={() => onDelete(message)}>
          {t('inbox.message.delete')}
        </Menu.Item>
      )}
      {!text && !canReply && !message.can_delete && <Menu.Item disabled>{t('inbox.message.nothing')}</Menu.Item>}
    </PointMenu>
  );
}

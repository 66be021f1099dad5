import { Menu } from '@mantine/core';
import {
  Archive,
  ArchiveRestore,
  ArrowLeft,
  Ellipsis,
  MailOpen,
  Mail,
  PanelRight,
  Pin,
  PinOff,
  Search,
  UserRoundCheck,
  UserRoundPlus,
  UserRoundX,
  Volume2,
  VolumeX,
} from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useBoot } from '@/shared/api/boot';
import type { ConversationRow, ConversationView } from '@/shared/api/schema.gen';
import { useTyping } from '@/shared/api/typing';
import { useChannel } from '@/shared/channels/channels';
import { ConnectionLine } from '@/shared/channels/ConnectionLine';
import { useHost } from '@/shared/host';
import { keysLabel } from '@/shared/lib/hotkeys';
import { ChannelMark } from '@/shared/ui/ChannelMark';
import { Face } from '@/shared/ui/Face';
import { Icon } from '@/shared/ui/Icon';
import { Tool } from '@/shared/ui/bits';
import type { RowActions } from '../useRowActions';
import s from './ThreadHead.module.css';

interface Props {
  row: ConversationRow;
  /** Undefined for the moment until it has been asked for. */
  view: ConversationView | undefined;
  actions: RowActions;
  panelOpen: boolean;
  /** One pane at a time: the way back to the list. */
  onBack: (() => void) | undefined;
  onSearch: () => void;
  onPanel: () => void;
}

export function ThreadHead({ row, view, actions, panelOpen, onBack, onSearch, onPanel }: Props) {
  const { t } = useTranslation();
  const host = useHost();
  const mac = host.platform === 'mac';
  const channel = useChannel(row.channel);
  const typing = useTyping(row.id);
  const me = useBoot()?.profile.name ?? '';
  const waits = row.waiting_since !== null;

  return (
    <header className={s.head}>
      {onBack && (
        <span className={s.back}>
          <Tool label={t('inbox.head.back')} keys="Esc" onClick={onBack}>
            <Icon of={ArrowLeft} size={18} />
          </Tool>
        </span>
      )}
      <button type="button" className={s.person} onClick={onPanel} aria-label={t('inbox.head.card', { name: row.title })}>
        <Face
          name={row.title}
          photo={row.avatar_id === null ? null : host.mediaUrl(row.avatar_id, 'thumb')}
          size={34}
          group={row.kind === 'group'}
        />
        <span className={s.who}>
          <span className={`${s.title} cut`} title={row.title}>
            {row.title}
          </span>
          <span className={s.sub}>
            {channel && <ChannelMark mark={channel.mark} size={14} />}
            <span className="cut">{view && (view.account_name ?? `${channel?.name ?? row.channel} · ${t('inbox.head.accountGone')}`)}</span>
            {typing ? <em>{t('inbox.list.typing')}</em> : view?.connection && <ConnectionLine status={view.connection.status} />}
          </span>
        </span>
      </button>
      <span className={s.tools}>
        {row.mine && (
          <span className={s.assignee} title={t('inbox.head.mine', { name: me })}>
            <Face name={me} size={22} />
          </span>
        )}
        <span className={s.wide}>
          {waits && (
            <Tool label={t('inbox.action.noAnswer')} onClick={() => actions.change(row, { waiting: false })}>
              <Icon of={UserRoundCheck} />
            </Tool>
          )}
          <Tool label={t(row.archived ? 'inbox.action.unarchive' : 'inbox.action.archive')} keys="E" onClick={() => actions.archive(row)}>
            <Icon of={row.archived ? ArchiveRestore : Archive} />
          </Tool>
        </span>
        <Tool label={t('inbox.head.search')} keys={keysLabel('mod+f', mac)} onClick={onSearch}>
          <Icon of={Search} />
        </Tool>
        <Menu position="bottom-end" width={250}>
          <Menu.Target>
            <Tool label={t('act.more')}>
              <Icon of={Ellipsis} />
            </Tool>
          </Menu.Target>
          <Menu.Dropdown>
            <RowMenuItems row={row} actions={actions} />
          </Menu.Dropdown>
        </Menu>
        <Tool label={t('inbox.head.panel')} on={panelOpen} onClick={onPanel}>
          <Icon of={PanelRight} />
        </Tool>
      </span>
    </header>
  );
}

/** The same actions for the «more» of the head and the context menu of the list. */
export function RowMenuItems({ row, actions }: { row: ConversationRow; actions: RowActions }) {
  const { t } = useTranslation();
  const unread = row.unread > 0 || row.marked_unread;
  const item = (icon: typeof Pin, label: string, run: () => void) => (
    <Menu.Item leftSection={<Icon of={icon} size={15} />} onClick={run}>
      {label}
    </Menu.Item>
  );
  return (
    <>
      {row.waiting_since !== null && item(UserRoundCheck, t('inbox.action.noAnswer'), () => actions.change(row, { waiting: false }))}
      {item(row.mine ? UserRoundX : UserRoundPlus, t(row.mine ? 'inbox.action.unassign' : 'inbox.action.assign'), () =>
        actions.change(row, { mine: !row.mine }),
      )}
      {item(unread ? MailOpen : Mail, t(unread ? 'inbox.action.read' : 'inbox.action.unread'), () => actions.unread(row))}
      {item(row.pinned ? PinOff : Pin, t(row.pinned ? 'inbox.action.unpin' : 'inbox.action.pin'), () =>
        actions.change(row, { pinned: !row.pinned }),
      )}
      {item(row.muted ? Volume2 : VolumeX, t(row.muted ? 'inbox.action.unmute' : 'inbox.action.mute'), () =>
        actions.change(row, { muted: !row.muted }),
      )}
      <Menu.Divider />
      {item(row.archived ? ArchiveRestore : Archive, t(row.archived ? 'inbox.action.unarchive' : 'inbox.action.archive'), () =>
        actions.archive(row),
      )}
    </>
  );
}

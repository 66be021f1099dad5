import { ChevronRight, MessagesSquare } from 'lucide-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { accountsQuery } from '@/shared/api/accounts';
import { useCall } from '@/shared/api/rpc';
import type { ConversationRow } from '@/shared/api/schema.gen';
import { useChannel } from '@/shared/channels/channels';
import { useHost } from '@/shared/host';
import { useActionList } from '@/shared/lib/actions';
import { keysLabel } from '@/shared/lib/hotkeys';
import { ChannelMark } from '@/shared/ui/ChannelMark';
import { Face } from '@/shared/ui/Face';
import { Icon } from '@/shared/ui/Icon';
import { Key } from '@/shared/ui/bits';
import type { Line } from './lines';
import s from './Palette.module.css';

interface Props {
  line: Line;
  on: boolean;
  onHover: () => void;
  onRun: () => void;
}

export function PaletteLine({ line, on, onHover, onRun }: Props) {
  const { t } = useTranslation();
  const mac = useHost().platform === 'mac';
  const searchKeys = useActionList().find((action) => action.id === 'search.all')?.keys?.[0];
  const keys = line.kind === 'action' ? line.action.keys?.[0] : line.kind === 'search' ? searchKeys : undefined;
  return (
    <div
      id={`palette-${line.id}`}
      className={s.row}
      role="option"
      aria-selected={on}
      onPointerMove={on ? undefined : onHover}
      onClick={onRun}
    >
      {line.kind === 'conversation' ? (
        <Conversation row={line.row} />
      ) : (
        <>
          <span className={s.icon}>
            <Icon of={line.kind === 'search' ? MessagesSquare : (line.action.icon ?? ChevronRight)} />
          </span>
          <span className="cut">{line.kind === 'search' ? t('palette.searchAll', { text: line.text }) : line.action.label}</span>
          <i />
          {keys && <Key>{keysLabel(keys, mac)}</Key>}
        </>
      )}
    </div>
  );
}

function Conversation({ row }: { row: ConversationRow }) {
  const host = useHost();
  const channel = useChannel(row.channel);
  const { data } = useQuery(accountsQuery(useCall()));
  const account = data?.find((each) => each.id === row.account_id)?.name ?? channel?.name;
  return (
    <>
      <Face
        name={row.title}
        photo={row.avatar_id === null ? null : host.mediaUrl(row.avatar_id, 'thumb')}
        size={28}
        group={row.kind === 'group'}
      />
      <span className="cut" title={row.title}>
        {row.title}
      </span>
      <i />
      <small>
        <span className="cut">{account}</span>
        {channel && <ChannelMark mark={channel.mark} size={15} />}
      </small>
    </>
  );
}

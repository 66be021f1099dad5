import { useState } from 'react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { AtSign, Cake, Link as LinkIcon, MapPin, Pencil, Phone, Route, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { rpcQuery, useCall } from '@/shared/api/rpc';
import type { ContactView, ConversationRow, ConversationView } from '@/shared/api/schema.gen';
import { useChannel } from '@/shared/channels/channels';
import { useReasonText } from '@/shared/channels/useReasonText';
import { useHost } from '@/shared/host';
import { useFormat } from '@/shared/lib/format';
import { useErrorText } from '@/shared/lib/useErrorText';
import { ChannelMark } from '@/shared/ui/ChannelMark';
import { complain } from '@/shared/ui/complain';
import { Face } from '@/shared/ui/Face';
import { Icon } from '@/shared/ui/Icon';
import { OutLink } from '@/shared/ui/OutLink';
import { Tool } from '@/shared/ui/bits';
import { previewText } from '../preview';
import { Block, Fact } from './Block';
import { Deals } from './Deals';
import { Notes } from './Notes';
import { Tags } from './Tags';
import s from './ContactPanel.module.css';

interface Props {
  view: ConversationView;
  onOpen: (conversation: number) => void;
  /** In the drawer the panel brings its own way out. */
  onClose?: (() => void) | undefined;
}

export const contactQuery = (call: ReturnType<typeof useCall>, contact: number) =>
  rpcQuery(call, 'contacts.get', { contact_id: contact }, ['contacts']);

export function ContactPanel({ view, onOpen, onClose }: Props) {
  const { t } = useTranslation();
  const { data: contact } = useQuery(contactQuery(useCall(), view.row.contact_id));
  return (
    <aside className={s.panel} aria-label={t('inbox.contact.label')}>
      <Head view={view} contact={contact} onClose={onClose} />
      {contact && (
        <>
          <Facts contact={contact} />
          <Deals conversation={view.row.id} />
          <Tags row={view.row} />
          <Notes contact={contact} />
          <Others rows={contact.conversations.filter((row) => row.id !== view.row.id)} onOpen={onOpen} />
        </>
      )}
    </aside>
  );
}

function Head({
  view: { row },
  contact,
  onClose,
}: {
  view: ConversationView;
  contact: ContactView | undefined;
  onClose: (() => void) | undefined;
}) {
  const { t } = useTranslation();
  const host = useHost();
  const format = useFormat();
  const call = useCall();
  const client = useQueryClient();
  const text = useErrorText();
  const [name, setName] = useState<string | null>(null);
  const shown = contact?.name ?? row.title;

  const save = () => {
    if (name === null) return;
    setName(null);
    if (!contact || name.trim() === shown || !name.trim()) return;
    const { queryKey } = contactQuery(call, contact.id);
    client.setQueryData<ContactView>(queryKey, { ...contact, name: name.trim() });
    call('contacts.rename', { contact_id: contact.id, name: name.trim() }).catch((cause: unknown) => {
      client.setQueryData(queryKey, contact);
      complain(text(cause));
    });
  };

  return (
    <div className={s.top}>
      <Face
        name={shown}
        photo={row.avatar_id === null ? null : host.mediaUrl(row.avatar_id, 'thumb')}
        size={34}
        group={row.kind === 'group'}
      />
      <div className={s.name}>
        {name === null ? (
          <b className="cut" title={shown}>
            {shown}
          </b>
        ) : (
          <input
            autoFocus
            className={s.rename}
            value={name}
            maxLength={120}
            aria-label={t('inbox.contact.name')}
            onChange={(e) => setName(e.target.value)}
            onBlur={save}
            onKeyDown={(e) => {
              if (e.key === 'Enter') save();
              if (e.key === 'Escape') {
                e.stopPropagation();
                setName(null);
              }
            }}
          />
        )}
        <small className="cut">
          {contact &&
            (contact.network_name && contact.network_name !== shown
              ? t('inbox.contact.networkName', { name: contact.network_name })
              : t('inbox.contact.since', { date: format.date(contact.created_at) }))}
        </small>
      </div>
      {contact && name === null && (
        <Tool label={t('inbox.contact.rename')} onClick={() => setName(shown)}>
          <Icon of={Pencil} size={15} />
        </Tool>
      )}
      {onClose && (
        <Tool label={t('act.close')} onClick={onClose}>
          <Icon of={X} />
        </Tool>
      )}
    </div>
  );
}

const phoneShown = (phone: string): string => phone.replace(/^\+7(\d{3})(\d{3})(\d{2})(\d{2})$/, '+7 $1 $2-$3-$4');

function Facts({ contact }: { contact: ContactView }) {
  const { t } = useTranslation();
  const { phones, identities, city, birthday, source } = contact;
  const empty = phones.length === 0 && identities.every((i) => !i.username && !i.link) && !city && !birthday && !source;
  return (
    <Block title={t('inbox.contact.facts')}>
      {phones.map((phone) => (
        <Fact key={phone} icon={Phone}>
          <OutLink className={s.link} to={`tel:${phone}`}>
            {phoneShown(phone)}
          </OutLink>
        </Fact>
      ))}
      {identities.map((identity) => (
        <Identity key={`${identity.channel} ${identity.username ?? identity.link ?? ''}`} identity={identity} />
      ))}
      {city && (
        <Fact icon={MapPin} sub={t('inbox.contact.city')}>
          {city}
        </Fact>
      )}
      {birthday && (
        <Fact icon={Cake} sub={t('inbox.contact.birthday')}>
          {birthday}
        </Fact>
      )}
      {source && (
        <Fact icon={Route} sub={t('inbox.contact.source')}>
          {source}
        </Fact>
      )}
      {empty && <p className={s.empty}>{t('inbox.contact.noFacts')}</p>}
    </Block>
  );
}

function Identity({ identity: { channel, username, link } }: { identity: ContactView['identities'][number] }) {
  const known = useChannel(channel);
  const shown = username ? `@${username.replace(/^@/, '')}` : link?.replace(/^https?:\/\//, '');
  if (!shown) return null;
  return (
    <Fact icon={username ? AtSign : LinkIcon} sub={known?.name}>
      {link ? (
        <OutLink className={s.link} to={link}>
          {shown}
        </OutLink>
      ) : (
        shown
      )}
    </Fact>
  );
}

function Others({ rows, onOpen }: { rows: ConversationRow[]; onOpen: (conversation: number) => void }) {
  const { t } = useTranslation();
  if (rows.length === 0) return null;
  return (
    <Block title={t('inbox.contact.others')}>
      {rows.map((row) => (
        <Other key={row.id} row={row} onOpen={() => onOpen(row.id)} />
      ))}
    </Block>
  );
}

function Other({ row, onOpen }: { row: ConversationRow; onOpen: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const channel = useChannel(row.channel);
  const reason = useReasonText();
  const { last, title } = row;
  return (
    <button type="button" className={s.other} onClick={onOpen}>
      {channel && <ChannelMark mark={channel.mark} />}
      <span className="cut">{last?.system ? reason(last.system) : last ? previewText(t, last.preview) : title}</span>
      <small className="num">{format.stamp(row.moved_at)}</small>
    </button>
  );
}

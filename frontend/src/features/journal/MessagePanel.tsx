import { useEffect } from 'react';
import type { TFunction } from 'i18next';
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { accountsQuery } from '@/shared/api/accounts';
import { rpcQuery, useCall, useRpcMutation } from '@/shared/api/rpc';
import type { JournalItem, JournalStep, LinkRow, Preview } from '@/shared/api/schema.gen';
import { useChannel } from '@/shared/channels/channels';
import { useReasonText } from '@/shared/channels/useReasonText';
import { useFormat } from '@/shared/lib/format';
import { useErrorText } from '@/shared/lib/useErrorText';
import { Tool } from '@/shared/ui/bits';
import { ChannelMark } from '@/shared/ui/ChannelMark';
import { complain } from '@/shared/ui/complain';
import { Icon } from '@/shared/ui/Icon';
import { Failed, Loading } from '@/shared/ui/States';
import { useMessageJournal } from './queries';
import { inOrder, stepsOf, verdictStep } from './steps';
import s from './Journal.module.css';

interface Props {
  id: number;
  /** Its row, while it is among those shown. */
  row: JournalItem | undefined;
  links: LinkRow[];
  previewText: (t: TFunction, preview: Preview) => string;
  onClose: () => void;
  onConversation: (id: number, message?: number) => void;
}

/** The journal of one message: what happened to it, when, and why. */
export function MessagePanel({ id, row, links, previewText, onClose, onConversation }: Props) {
  const { t } = useTranslation();
  const { data, error, refetch, isFetching } = useMessageJournal(id);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && !event.defaultPrevented) onClose();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [onClose]);
  return (
    <aside className={s.panel} aria-label={t('journal.ofMessage')}>
      <header>
        <h2>{t('journal.ofMessage')}</h2>
        <Tool label={t('act.close')} onClick={onClose}>
          <Icon of={X} />
        </Tool>
      </header>
      {data ? (
        <Body id={id} row={row} steps={data.steps} links={links} previewText={previewText} onConversation={onConversation} />
      ) : error ? (
        <Failed title={t('journal.failed')} cause={error} busy={isFetching} onAgain={() => void refetch()} />
      ) : (
        <Loading />
      )}
    </aside>
  );
}

function Body({
  id,
  row,
  steps,
  links,
  previewText,
  onConversation,
}: { steps: JournalStep[] } & Pick<Props, 'id' | 'row' | 'links' | 'previewText' | 'onConversation'>) {
  const { t } = useTranslation();
  const format = useFormat();
  const reasonText = useReasonText();
  const errorText = useErrorText();
  const channel = useChannel(row?.channel);
  const account = useQuery(accountsQuery(useCall())).data?.find((one) => one.id === row?.account_id);
  const judged = useQuery({ ...rpcQuery(useCall(), 'messages.judged', { message_id: id }, ['messages', 'rules']), retry: false }).data;
  const refused = { onError: (cause: unknown) => complain(errorText(cause)) };
  const send = useRpcMutation('messages.retry');
  const sync = useRpcMutation('journal.retry');
  const stuck = steps.some(({ what, delivery }) => what === 'not_sent' && delivery === 'failed');
  const failed = steps.findLast((step) => step.sync === 'failed')?.link_id ?? null;
  return (
    <>
      {row && (
        <div className={s.msg} data-bad={stuck || undefined}>
          <small>
            {channel && <ChannelMark mark={channel.mark} size={14} />}
            <span className="cut">{[account?.name ?? channel?.name, row.client].filter(Boolean).join(' · ')}</span>
          </small>
          {previewText(t, row.preview)}
        </div>
      )}
      <ol className={s.steps}>
        {inOrder([...stepsOf(steps, links, t, reasonText), ...verdictStep(judged, t, reasonText)]).map((step, i) => (
          <li key={`${i} ${step.at}`} data-tone={step.tone}>
            <i />
            <div>
              <b>{step.what}</b>
              {step.more && <span>{step.more}</span>}
            </div>
            {step.at !== null && (
              <time dateTime={new Date(step.at).toISOString()} title={format.dateTime(step.at)}>
                {format.seconds(step.at)}
              </time>
            )}
          </li>
        ))}
      </ol>
      <footer>
        {row && stuck && (
          <Button loading={send.isPending} onClick={() => send.mutate({ message_id: row.id }, refused)}>
            {t('act.retry')}
          </Button>
        )}
        {row && !stuck && failed !== null && (
          <Button loading={sync.isPending} onClick={() => sync.mutate({ message_ids: [row.id], link_id: failed }, refused)}>
            {t('act.retry')}
          </Button>
        )}
        {row && (
          <Button variant="default" onClick={() => onConversation(row.conversation_id, row.id)}>
            {t('journal.openConversation')}
          </Button>
        )}
      </footer>
    </>
  );
}

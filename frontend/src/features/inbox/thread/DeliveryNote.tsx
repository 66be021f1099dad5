import { RotateCw } from 'lucide-react';
import { useCall } from '@/shared/api/rpc';
import type { DeliveryView, MessageView } from '@/shared/api/schema.gen';
import { useReasonText } from '@/shared/channels/useReasonText';
import { complain } from '@/shared/ui/complain';
import { useErrorText } from '@/shared/lib/useErrorText';
import { useFormat, useT } from '@/shared/lib/words';
import { Icon } from '@/shared/ui/Icon';
import { drop, isLocal, sendAgain } from '../outgoing';
import s from './DeliveryNote.module.css';

/** Under a message that did not simply go out: what happened, what was kept, what can be done. */
export function DeliveryNote({ message }: { message: MessageView }) {
  const { delivery } = message;
  return delivery && (delivery.state !== 'queued' || delivery.reason) ? <Note message={message} delivery={delivery} /> : null;
}

function Note({ message, delivery }: { message: MessageView; delivery: DeliveryView }) {
  const t = useT();
  const format = useFormat();
  const reason = useReasonText();
  const errorText = useErrorText();
  const call = useCall();

  const act = (name: 'messages.retry' | 'messages.confirm_sent' | 'messages.give_up') =>
    void call(name, { message_id: message.id }).catch((cause: unknown) => complain(errorText(cause)));
  const again = () => (isLocal(message) ? sendAgain(call, message.uid) : act('messages.retry'));
  const giveUp = () => (isLocal(message) ? drop(message.uid) : act('messages.give_up'));
  const why = delivery.reason ? reason(delivery.reason) : null;
  const button = (label: string, run: () => void, icon = false) => (
    <button type="button" onClick={run}>
      {icon && <Icon of={RotateCw} size={13} />}
      {label}
    </button>
  );

  switch (delivery.state) {
    case 'failed':
      return (
        <div className={s.note} role="status">
          <span>{t('inbox.delivery.failed', { why: why ?? t('inbox.delivery.unknown') })}</span>
          {button(t('act.retry'), again, true)}
          {button(t('act.delete'), giveUp)}
        </div>
      );
    case 'uncertain':
      return (
        <div className={s.note} role="status">
          <span>
            {t('inbox.delivery.uncertain')}
            {why && ` ${why}`}
          </span>
          {button(t('inbox.delivery.wasSent'), () => act('messages.confirm_sent'))}
          {button(t('inbox.delivery.sendAgain'), again, true)}
          {button(t('inbox.delivery.giveUp'), giveUp)}
        </div>
      );
    case 'parked':
    case 'queued':
      return (
        <div className={s.note} data-waits role="status">
          <span>
            {why ?? t('inbox.delivery.parked')}
            {delivery.retry_at !== null && ` ${t('inbox.delivery.retryAt', { time: format.time(delivery.retry_at) })}`}
          </span>
          {delivery.state === 'parked' && button(t('inbox.delivery.now'), again, true)}
          {button(t('inbox.delivery.giveUp'), giveUp)}
        </div>
      );
    case 'cancelled':
      return (
        <div className={s.note} data-waits role="status">
          <span>{t('inbox.delivery.cancelled')}</span>
          {button(t('inbox.delivery.sendAgain'), again, true)}
        </div>
      );
    default:
      return null;
  }
}

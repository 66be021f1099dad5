import { useBoot } from '@/shared/api/boot';
import { useFormat, useT } from '@/shared/lib/words';
import { useNow } from '@/shared/lib/useNow';
import s from './ConversationRow.module.css';

/** How long the client waits: outline within the limit, then amber, then red; the text always says the time. */
export function WaitTimer({ since }: { since: number }) {
  const t = useT();
  const format = useFormat();
  const settings = useBoot()?.settings;
  const waited = Math.max(0, useNow(30_000) - since);
  const minutes = waited / 60_000;
  const limit =
    minutes >= (settings?.wait_alarm_minutes ?? Infinity) ? 'bad' : minutes >= (settings?.wait_warn_minutes ?? Infinity) ? 'warn' : 'ok';
  return (
    <span className={s.wait} data-limit={limit} title={t('inbox.list.waiting')}>
      {format.wait(waited)}
    </span>
  );
}

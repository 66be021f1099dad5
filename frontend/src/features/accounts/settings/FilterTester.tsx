import { useEffect, useState } from 'react';
import { Textarea } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Ban, CircleCheck } from 'lucide-react';
import { Trans, useTranslation } from 'react-i18next';
import { rpcQuery, useCall } from '@/shared/api/rpc';
import type { AccountId, Tried } from '@/shared/api/schema.gen';
import { useReasonText } from '@/shared/channels/useReasonText';
import { useFormat } from '@/shared/lib/format';
import { Icon } from '@/shared/ui/Icon';
import type { Values } from './draft';
import { RejudgeDialog } from './RejudgeDialog';
import { RejudgeProgress } from './RejudgeProgress';
import s from './Settings.module.css';

/** So many days are looked at for «what did these rules do». */
const DAYS = 7;
const PAUSE_MS = 250;

interface Props {
  accountId: AccountId;
  /** The rules as they stand in the form. */
  values: Values;
  changed: boolean;
  onVerdict: (verdict: Tried | null) => void;
}

/** Answers while one types what would become of a message, and names the word and the rule that decided. */
export function FilterTester({ accountId, values, changed, onVerdict }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const call = useCall();
  const [text, setText] = useState('');
  const [open, setOpen] = useState(false);
  const [asked] = useDebouncedValue({ values, text: text.trim() }, PAUSE_MS);
  const { data: tried } = useQuery({
    ...rpcQuery(call, 'filters.try', asked, []),
    enabled: asked.text !== '',
    placeholderData: keepPreviousData,
    retry: false,
  });
  const { data: counts } = useQuery(
    rpcQuery(call, 'filters.counts', { account_id: accountId, days: DAYS }, [`rules:${accountId}`, 'messages']),
  );
  const shown = text.trim() ? tried : undefined;
  useEffect(() => onVerdict(shown ?? null), [shown, onVerdict]);

  return (
    <div className={s.box}>
      <h3>{t('channel.test.title')}</h3>
      <Textarea
        aria-label={t('channel.test.label')}
        placeholder={t('channel.test.placeholder')}
        autosize
        minRows={2}
        maxRows={6}
        value={text}
        onChange={(e) => setText(e.currentTarget.value)}
      />
      <div role="status">{shown && <Answer tried={shown} />}</div>
      {counts && counts.incoming > 0 && (
        <p>
          {t('channel.test.did', {
            count: counts.filtered,
            n: format.number(counts.filtered),
            all: format.number(counts.incoming),
            days: DAYS,
          })}
        </p>
      )}
      {changed && (
        <p>
          <button type="button" onClick={() => setOpen(true)}>
            {t('channel.test.show')}
          </button>
        </p>
      )}
      <RejudgeProgress accountId={accountId} />
      {open && <RejudgeDialog accountId={accountId} values={asked.values} onClose={() => setOpen(false)} />}
    </div>
  );
}

function Answer({ tried: { verdict, reason } }: { tried: Tried }) {
  const { t } = useTranslation();
  const text = useReasonText();
  const passes = verdict === 'pass';
  const { rule, word } = reason.params ?? {};
  return (
    <div className={s.verdict} data-tone={passes ? 'ok' : 'bad'}>
      <Icon of={passes ? CircleCheck : Ban} size={16} />
      <div>
        <b>{t(passes ? 'channel.test.passes' : 'channel.test.filtered')}</b>
        {rule && word ? (
          <Trans t={t} i18nKey="channel.test.because" values={{ word, rule }} components={{ mark: <mark />, code: <code /> }} />
        ) : (
          text(reason)
        )}
      </div>
    </div>
  );
}

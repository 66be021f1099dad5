import { useEffect, useState } from 'react';
import { Textarea } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Ban, CircleCheck } from 'lucide-react';
import { Trans, useTranslation } from 'react-i18next';
import type { FilterRules, Judged } from '@/shared/api/planned';
import { rpcQuery, useCall } from '@/shared/api/rpc';
import type { AccountId } from '@/shared/api/schema.gen';
import { useReasonText } from '@/shared/channels/useReasonText';
import { useFormat } from '@/shared/lib/format';
import { Icon } from '@/shared/ui/Icon';
import { RejudgeDialog } from './RejudgeDialog';
import s from './Settings.module.css';

/** So many days are looked at for «what would these rules have done». */
export const DAYS = 7;
const PAUSE_MS = 250;

interface Props {
  accountId: AccountId;
  rules: FilterRules;
  changed: boolean;
  onVerdict: (verdict: Judged | null) => void;
}

/** Answers while one types what would become of a message, and names the word and the rule that decided. */
export function FilterTester({ accountId, rules, changed, onVerdict }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const call = useCall();
  const [text, setText] = useState('');
  const [open, setOpen] = useState(false);
  const [asked] = useDebouncedValue({ rules, text: text.trim() }, PAUSE_MS);
  const { data: verdict } = useQuery({
    ...rpcQuery(call, 'filters.test', { account_id: accountId, ...asked }, []),
    enabled: asked.text !== '',
    placeholderData: keepPreviousData,
    retry: false,
  });
  const { data: effect } = useQuery({
    ...rpcQuery(call, 'filters.preview', { account_id: accountId, rules: asked.rules, days: DAYS }, []),
    placeholderData: keepPreviousData,
    retry: false,
    staleTime: 60_000,
  });
  const shown = text.trim() ? verdict : undefined;
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
      <div role="status">{shown && <Answer verdict={shown} />}</div>
      {effect && effect.incoming > 0 && (
        <p>
          {t(changed ? 'channel.test.wouldDo' : 'channel.test.did', {
            count: effect.filtered_after,
            n: format.number(effect.filtered_after),
            before: format.number(effect.filtered_before),
            all: format.number(effect.incoming),
            days: DAYS,
          })}{' '}
          {effect.changes.length > 0 && (
            <button type="button" onClick={() => setOpen(true)}>
              {t('channel.test.show')}
            </button>
          )}
        </p>
      )}
      {open && <RejudgeDialog accountId={accountId} rules={asked.rules} onlyLook={changed} onClose={() => setOpen(false)} />}
    </div>
  );
}

function Answer({ verdict: { verdict, why } }: { verdict: Judged }) {
  const { t } = useTranslation();
  const reason = useReasonText();
  const passes = verdict === 'pass';
  const { rule, word } = why.params ?? {};
  return (
    <div className={s.verdict} data-tone={passes ? 'ok' : 'bad'}>
      <Icon of={passes ? CircleCheck : Ban} size={16} />
      <div>
        <b>{t(passes ? 'channel.test.passes' : 'channel.test.filtered')}</b>
        {rule && word ? (
          <Trans t={t} i18nKey="channel.test.because" values={{ word, rule }} components={{ mark: <mark />, code: <code /> }} />
        ) : (
          reason(why)
        )}
      </div>
    </div>
  );
}

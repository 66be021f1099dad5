import { useState } from 'react';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { rpcQuery, useCall } from '@/shared/api/rpc';
import { useErrorText } from '@/shared/lib/useErrorText';
import { useFormat } from '@/shared/lib/format';
import s from './Settings.module.css';

const PAUSE_MS = 250;
/** So many different ones can be looked at. */
const LIMIT = 50;

/** One of the texts that the variants make, as the client would see it. */
export function ReplyPreview({ text, at }: { text: string; at: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const errorText = useErrorText();
  const [turn, setTurn] = useState(0);
  const [asked] = useDebouncedValue(text.trim(), PAUSE_MS);
  const { data, error } = useQuery({
    ...rpcQuery(useCall(), 'spintax.preview', { text: asked, limit: LIMIT }, []),
    enabled: asked !== '',
    placeholderData: keepPreviousData,
    retry: false,
  });
  return (
    <div className={s.box}>
      <h3>{t('channel.reply.preview')}</h3>
      {!text.trim() && <p>{t('channel.reply.noText')}</p>}
      {text.trim() && error && <p role="alert">{errorText(error)}</p>}
      {text.trim() && !error && data && (
        <>
          <div className={s.sample}>
            {data.variants[turn % Math.max(1, data.variants.length)]}
            <small className="num">{at}</small>
          </div>
          <p>
            {t('channel.reply.variants', { count: data.count, n: format.number(data.count) })}{' '}
            {data.variants.length > 1 && (
              <button type="button" onClick={() => setTurn(turn + 1)}>
                {t('channel.reply.another')}
              </button>
            )}
          </p>
        </>
      )}
    </div>
  );
}

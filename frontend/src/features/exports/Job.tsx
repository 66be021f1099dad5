import { Button, Progress } from '@mantine/core';
import { FileSpreadsheet, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useRpcMutation } from '@/shared/api/rpc';
import type { ExportRow } from '@/shared/api/schema.gen';
import { useFormat } from '@/shared/lib/format';
import { useNow } from '@/shared/lib/useNow';
import { useErrorText } from '@/shared/lib/useErrorText';
import { complain } from '@/shared/ui/complain';
import { Icon } from '@/shared/ui/Icon';
import s from './Exports.module.css';

/** So much has to be done before a guess of the rest is worth showing. */
const ENOUGH = 0.02;

/** Milliseconds to go, as the speed so far tells; null while nothing can be told. */
export function timeLeft({ started_at, rows, rows_total }: ExportRow, now: number): number | null {
  if (started_at === null || rows_total <= 0 || rows / rows_total < ENOUGH) return null;
  return Math.max(0, ((now - started_at) / rows) * (rows_total - rows));
}

/** A file that is being made: how far it is, how long it will take, the way to stop it. */
export function Job({ file }: { file: ExportRow }) {
  const { t } = useTranslation();
  const format = useFormat();
  const errorText = useErrorText();
  const cancel = useRpcMutation('exports.cancel');
  const left = timeLeft(file, useNow(1000));
  const percent = file.rows_total > 0 ? Math.min(100, Math.floor((file.rows / file.rows_total) * 100)) : 0;
  const waits = file.status === 'waiting';
  return (
    <section className={s.job} aria-label={t('exports.running', { name: file.name })}>
      <span className={s.icon}>
        <Icon of={FileSpreadsheet} size={19} />
      </span>
      <div className={s.what}>
        <div>
          <b className="cut">{file.name}</b>
          <span className="num">
            {t('exports.done', { done: format.number(file.rows), all: format.number(file.rows_total), count: file.rows_total })}
          </span>
        </div>
        <Progress value={percent} size={6} transitionDuration={0} aria-label={`${percent} %`} />
        <div className={s.small}>
          <span>{format.period(file.first_day, file.last_day)}</span>
          <span className="num">
            {waits
              ? t('exports.waits')
              : left === null
                ? t('exports.percent', { percent })
                : t('exports.left', {
                    percent,
                    time: left < 60_000 ? t('exports.seconds', { n: Math.ceil(left / 1000) }) : format.wait(left),
                  })}
          </span>
        </div>
      </div>
      <Button
        variant="default"
        leftSection={<Icon of={X} size={14} />}
        loading={cancel.isPending}
        onClick={() => cancel.mutate({ export_id: file.id }, { onError: (cause) => complain(errorText(cause)) })}
      >
        {t('exports.stop')}
      </Button>
    </section>
  );
}

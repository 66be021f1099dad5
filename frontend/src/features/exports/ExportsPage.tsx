import { useState } from 'react';
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { FileSpreadsheet } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { nothing, rpcQuery, useCall, useRpcMutation } from '@/shared/api/rpc';
import { useLook } from '@/shared/lib/look';
import { useErrorText, useFieldErrors } from '@/shared/lib/useErrorText';
import { Note } from '@/shared/ui/Form';
import { Icon } from '@/shared/ui/Icon';
import { Page } from '@/shared/ui/Page';
import { Failed, Loading } from '@/shared/ui/States';
import t from '@/shared/ui/Table.module.css';
import { ExportForm } from './ExportForm';
import { FilesTable } from './FilesTable';
import { Job } from './Job';
import { newOrder, sentOf } from './order';
import s from './Exports.module.css';

interface Props {
  /** Days to begin with. */
  first?: string | undefined;
  last?: string | undefined;
}

/** LOG-3: order a file, see how far it is, find it again. */
export function ExportsPage({ first, last }: Props) {
  const { t: say } = useTranslation();
  const { timeZone } = useLook();
  const call = useCall();
  const errorText = useErrorText();
  const fieldErrors = useFieldErrors();
  const [order, setOrder] = useState(() => newOrder(Date.now(), timeZone, { first, last }));
  const options = useQuery(rpcQuery(call, 'exports.options', nothing, ['settings']));
  const files = useQuery(rpcQuery(call, 'exports.list', nothing, ['exports']));
  const start = useRpcMutation('exports.start');
  const running = (files.data ?? []).filter(({ status }) => status === 'waiting' || status === 'running');
  const done = (files.data ?? []).filter(({ status }) => status !== 'waiting' && status !== 'running');
  const errors = start.error ? fieldErrors(start.error) : {};

  return (
    <Page
      title={say('exports.title')}
      actions={
        <Button
          leftSection={<Icon of={FileSpreadsheet} size={15} />}
          loading={start.isPending}
          disabled={!options.data || order.first > order.last}
          onClick={() => start.mutate(sentOf(order))}
        >
          {say('exports.start')}
        </Button>
      }
    >
      {!options.data && options.error && (
        <Failed title={say('exports.failed')} cause={options.error} onAgain={() => void options.refetch()} />
      )}
      {!options.data && !options.error && <Loading />}
      {options.data && (
        <div className={t.scroll}>
          <ExportForm
            options={options.data}
            order={order}
            errors={errors}
            onChange={(patch) => {
              setOrder((old) => ({ ...old, ...patch }));
              start.reset();
            }}
          />
          {start.error && Object.keys(errors).length === 0 && (
            <div className={s.problem}>
              <Note tone="bad">{errorText(start.error)}</Note>
            </div>
          )}
          {running.map((file) => (
            <Job key={file.id} file={file} />
          ))}
          <h2 className={s.h2}>{say('exports.files')}</h2>
          {files.data && done.length === 0 && (
            <p className={s.none}>{say(running.length > 0 ? 'exports.noneYet' : 'exports.none', { folder: options.data.folder })}</p>
          )}
          {done.length > 0 && <FilesTable files={done} />}
          {!files.data && files.error && (
            <Failed title={say('exports.listFailed')} cause={files.error} onAgain={() => void files.refetch()} />
          )}
        </div>
      )}
    </Page>
  );
}

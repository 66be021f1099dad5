import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { FileDown, FolderOpen, RotateCw, Trash2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { accountsQuery } from '@/shared/api/accounts';
import { useCall, useRpcMutation } from '@/shared/api/rpc';
import type { ExportRow } from '@/shared/api/schema.gen';
import { useChannels } from '@/shared/channels/channels';
import { useReasonText } from '@/shared/channels/useReasonText';
import { textOf } from '@/shared/i18n';
import { useHost } from '@/shared/host';
import { useFormat } from '@/shared/lib/format';
import { useErrorText } from '@/shared/lib/useErrorText';
import { Chip, Tool } from '@/shared/ui/bits';
import { ChannelMark } from '@/shared/ui/ChannelMark';
import { complain } from '@/shared/ui/complain';
import { Confirm } from '@/shared/ui/Confirm';
import { Icon } from '@/shared/ui/Icon';
import t from '@/shared/ui/Table.module.css';
import s from './Exports.module.css';

/** Files that were made, and those that were not, with the way on. */
export function FilesTable({ files }: { files: ExportRow[] }) {
  const { t: say } = useTranslation();
  const errorText = useErrorText();
  const [asking, setAsking] = useState<ExportRow | null>(null);
  const remove = useRpcMutation('exports.delete', { onSuccess: () => setAsking(null) });
  return (
    <>
      <table className={`${t.table} ${s.table}`} aria-label={say('exports.files')}>
        <thead>
          <tr>
            <th scope="col">{say('exports.col.file')}</th>
            <th scope="col" className={s.colChannels}>
              {say('exports.col.channels')}
            </th>
            <th scope="col" className={s.colPeriod}>
              {say('exports.col.period')}
            </th>
            <th scope="col" className={s.colRows} data-num>
              {say('exports.col.rows')}
            </th>
            <th scope="col" className={s.colSize}>
              {say('exports.col.size')}
            </th>
            <th scope="col" className={s.colWho}>
              {say('exports.col.who')}
            </th>
            <th scope="col" className={s.colWhen}>
              {say('exports.col.when')}
            </th>
            <th className={s.colActs}>
              <span className="unseen">{say('act.more')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {files.map((file) => (
            <FileLine key={file.id} file={file} onDelete={() => setAsking(file)} />
          ))}
        </tbody>
      </table>
      <Confirm
        title={say('exports.deleteTitle', { name: asking?.name ?? '' })}
        opened={asking !== null}
        busy={remove.isPending}
        onClose={() => setAsking(null)}
        onConfirm={() => asking && remove.mutate({ export_id: asking.id }, { onError: (cause) => complain(errorText(cause)) })}
      >
        {say(asking?.status === 'done' && !asking.missing ? 'exports.deleteText' : 'exports.deleteLine')}
      </Confirm>
    </>
  );
}

function FileLine({ file, onDelete }: { file: ExportRow; onDelete: () => void }) {
  const { t: say } = useTranslation();
  const host = useHost();
  const format = useFormat();
  const errorText = useErrorText();
  const repeat = useRpcMutation('exports.repeat');
  const refused = (cause: unknown) => complain(errorText(cause));
  const there = file.status === 'done' && !file.missing;
  return (
    <tr>
      <td title={`${file.folder}\n${file.name}`}>
        {there ? (
          <button type="button" className={s.name} onClick={() => void host.openExport(file.id).catch(refused)}>
            {file.name}
          </button>
        ) : (
          file.name
        )}
      </td>
      <td>
        <Channels file={file} />
      </td>
      <td className="num">{format.period(file.first_day, file.last_day)}</td>
      <td data-num>{format.number(file.rows)}</td>
      <td className="num">
        <Outcome file={file} />
      </td>
      <td>{file.author}</td>
      <td>
        <small className="num" title={format.dateTime(file.created_at)}>
          {format.stamp(file.created_at)}
        </small>
      </td>
      <td>
        <span className={t.acts}>
          {there && host.kind === 'browser' && (
            <Tool label={say('exports.save')} onClick={() => void host.openExport(file.id).catch(refused)}>
              <Icon of={FileDown} size={16} />
            </Tool>
          )}
          {there && host.kind === 'desktop' && host.showExport && (
            <Tool label={say('exports.show')} onClick={() => void host.showExport?.(file.id).catch(refused)}>
              <Icon of={FolderOpen} size={16} />
            </Tool>
          )}
          {!there && (
            <Tool label={say('exports.again')} onClick={() => repeat.mutate({ export_id: file.id }, { onError: refused })}>
              <Icon of={RotateCw} size={16} />
            </Tool>
          )}
          <Tool label={say('act.delete')} onClick={onDelete}>
            <Icon of={Trash2} size={16} />
          </Tool>
        </span>
      </td>
    </tr>
  );
}

function Outcome({ file }: { file: ExportRow }) {
  const { t: say } = useTranslation();
  const format = useFormat();
  const reason = useReasonText();
  if (file.status === 'failed')
    return (
      <span title={file.reason ? reason(file.reason) : undefined}>
        <Chip tone="bad">{say('exports.notMade')}</Chip>
      </span>
    );
  if (file.status === 'cancelled') return <Chip>{say('exports.stopped')}</Chip>;
  if (file.missing) return <Chip tone="warn">{say('exports.missing')}</Chip>;
  return file.empty ? <Chip>{say('exports.empty')}</Chip> : format.size(file.bytes);
}

/** Marks of the networks, each once. */
function Channels({ file }: { file: ExportRow }) {
  const { t: say } = useTranslation();
  const accounts = useQuery(accountsQuery(useCall())).data ?? [];
  const channels = useChannels();
  if (file.table) return <small>{textOf(`analytics.table.${file.table}`, {}, file.table)}</small>;
  if (file.account_ids.length === 0) return <small>{say('exports.allChannels')}</small>;
  const mine = accounts.filter((row) => file.account_ids.includes(row.id));
  const marks = channels.filter(({ info }) => mine.some((row) => row.channel === info.id));
  return (
    <span className={s.marks} title={mine.map((row) => row.name).join('\n')}>
      {marks.map((channel) => (
        <ChannelMark key={channel.info.id} mark={channel.mark} size={17} />
      ))}
    </span>
  );
}

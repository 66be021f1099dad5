import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Blocks, Plus } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { linksQuery } from '@/shared/api/links';
import type { LinkRow } from '@/shared/api/schema.gen';
import { rpcQuery, useCall, useRpcMutation } from '@/shared/api/rpc';
import { useCrm, useCrms } from '@/shared/channels/crms';
import { runAction } from '@/shared/lib/actions';
import { useErrorText } from '@/shared/lib/useErrorText';
import { ChannelMark } from '@/shared/ui/ChannelMark';
import { complain } from '@/shared/ui/complain';
import { Icon } from '@/shared/ui/Icon';
import { Page } from '@/shared/ui/Page';
import { Failed, Loading, Nothing } from '@/shared/ui/States';
import { LinkForm } from './LinkForm';
import { LinkLine } from './LinkLine';
import s from './Crm.module.css';

interface Props {
  /** Nothing: the first one. */
  id: number | undefined;
  onLink: (id: number | undefined) => void;
  onJournal: (id: number) => void;
  onDirty: (dirty: boolean) => void;
}

/** Connected CRMs and everything that can be set about one of them. */
export function CrmPage({ id, onLink, onJournal, onDirty }: Props) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const { data: links, error, refetch, isFetching } = useQuery(linksQuery(useCall()));
  const row = links?.find((link) => link.id === id) ?? links?.[0];
  const crm = useCrm(row?.crm);
  const check = useRpcMutation('links.retry');
  if (!links || !row)
    return (
      <Page title={t('crm.title')} actions={links && <Connect />}>
        {links ? (
          <None />
        ) : error ? (
          <Failed title={t('crm.failed')} cause={error} busy={isFetching} onAgain={() => void refetch()} />
        ) : (
          <Loading />
        )}
      </Page>
    );
  return (
    <Page
      crumb={<span>{t('crm.title')}</span>}
      title={
        <>
          {crm && <ChannelMark mark={crm.mark} size={20} />}
          <span className="cut">{row.name}</span>
        </>
      }
      note={<LinkLine row={row} />}
      actions={
        <>
          <Button variant="default" onClick={() => onJournal(row.id)}>
            {t('crm.journal')}
          </Button>
          <Button
            variant="default"
            loading={check.isPending}
            disabled={!row.active}
            onClick={() => check.mutate({ link_id: row.id }, { onError: (cause) => complain(errorText(cause)) })}
          >
            {t('crm.check')}
          </Button>
        </>
      }
    >
      <Details key={row.id} row={row} links={links} onLink={onLink} onDirty={onDirty} />
    </Page>
  );
}

function Details({ row, links, onLink, onDirty }: { row: LinkRow; links: LinkRow[] } & Pick<Props, 'onLink' | 'onDirty'>) {
  const { t } = useTranslation();
  const crm = useCrm(row.crm);
  const { data, error, refetch, isFetching } = useQuery(rpcQuery(useCall(), 'links.get', { link_id: row.id }, ['links']));
  const head = (
    <div className={s.links}>
      {links.map((link) => (
        <button key={link.id} type="button" aria-current={link.id === row.id || undefined} onClick={() => onLink(link.id)}>
          <b className="cut">{link.name}</b>
          <LinkLine row={link} />
        </button>
      ))}
      <Connect plain />
    </div>
  );
  if (data && crm) return <LinkForm details={{ ...data, row }} crm={crm} head={head} onDirty={onDirty} onGone={() => onLink(undefined)} />;
  if (data) return <Nothing title={t('crm.unknown')} text={t('accounts.form.unknownNetwork')} />;
  return error ? <Failed title={t('crm.failed')} cause={error} busy={isFetching} onAgain={() => void refetch()} /> : <Loading />;
}

/** The way to one more; with several CRMs to choose from, the wizard asks which. */
function Connect({ plain }: { plain?: boolean }) {
  const { t } = useTranslation();
  const crms = useCrms();
  const only = crms.length === 1 ? crms[0]?.info.id : undefined;
  const connect = () => runAction('crm.connect', only);
  if (plain)
    return (
      <button type="button" className={s.add} onClick={connect}>
        <Icon of={Plus} size={14} />
        {t('crm.connect')}
      </button>
    );
  return (
    <Button leftSection={<Icon of={Plus} size={15} />} onClick={connect}>
      {t('crm.connect')}
    </Button>
  );
}

function None() {
  const { t } = useTranslation();
  const crms = useCrms();
  return (
    <div className={s.none}>
      <Icon of={Blocks} size={28} stroke={1.5} />
      <h2>{t('crm.none')}</h2>
      <p>{t('crm.noneHint')}</p>
      <div className={s.tiles}>
        {crms.map(({ info, name, mark, text }) => (
          <button key={info.id} type="button" onClick={() => runAction('crm.connect', info.id)}>
            <ChannelMark mark={mark} size={26} />
            <span>
              <b>{name}</b>
              {text('note')}
            </span>
          </button>
        ))}
      </div>
    </div>
  );
}

import { useEffect, useId, useState } from 'react';
import { Button } from '@mantine/core';
import { ShieldCheck } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { AccountRow, LinkRow } from '@/shared/api/schema.gen';
import { useChannel, type Connectable } from '@/shared/channels/channels';
import { useCrm } from '@/shared/channels/crms';
import { Dialog } from '@/shared/ui/Dialog';
import { DangerButton } from '@/shared/ui/Form';
import { Icon } from '@/shared/ui/Icon';
import { noNetwork, networkProblems, replaced, type Network } from '../network';
import { Connected } from './Connected';
import { LoginStep } from './LoginStep';
import { CrmTiles, NetworkTiles } from './NetworkTiles';
import { StepProblems } from './StepProblems';
import { Steps } from './Steps';
import { Ways } from './Ways';
import { asksTheSame, isDone, useLogin, type Inputs } from './useLogin';
import { useStepErrors } from './useStepErrors';
import s from './ConnectWizard.module.css';

interface Props {
  /** Begin with this network. */
  channel?: string | undefined;
  /** Log this account in once more instead of adding one. */
  account?: AccountRow | undefined;
  /** A CRM instead of a network: this one, or a choice. */
  crm?: { id: string | undefined; link?: LinkRow | undefined } | undefined;
  onClose: () => void;
}

/** Choice of network → way to log in → the steps that the network asks for → the name of the new channel. */
export function ConnectWizard({ channel: given, account, crm, onClose }: Props) {
  const { t } = useTranslation();
  const formId = useId();
  const login = useLogin();
  const [channelId, setChannelId] = useState(account?.channel ?? crm?.link?.crm ?? crm?.id ?? given);
  const [chosenFlow, setChosenFlow] = useState<string | null>(null);
  const [network, setNetwork] = useState<Network>(noNetwork);
  /** What the running login was begun with; null: it has to be begun. */
  const [begunWith, setBegunWith] = useState<Network | null>(null);
  const [dirty, setDirty] = useState(false);
  const [leaving, setLeaving] = useState(false);
  const messenger = useChannel(crm ? undefined : channelId);
  const customers = useCrm(crm ? channelId : undefined);
  const channel: Connectable | undefined = crm ? customers : messenger;
  const known = account ?? crm?.link;
  const flow = chosenFlow ?? (channel?.info.logins.length === 1 ? channel.info.logins[0] : undefined);

  const { start, view, error, busy } = login;
  const step = view?.step;
  const done = view !== null && isDone(view);
  const begin = async (by = flow) => {
    if (!channel || !by || Object.keys(networkProblems(network, channel.info)).length > 0) return null;
    setBegunWith(null);
    const endpoints = replaced(network.endpoints);
    const way = {
      flow: by,
      ...(network.proxy.trim() ? { proxy: network.proxy.trim() } : {}),
      ...(Object.keys(endpoints).length ? { endpoints } : {}),
    };
    const id = channel.info.id;
    const fresh = await start((call) =>
      crm
        ? call('links.login', { crm: id, ...way, ...(crm.link ? { link_id: crm.link.id } : {}) })
        : call('login.start', { channel: id, ...way, ...(account ? { account_id: account.id } : {}) }),
    );
    if (fresh) setBegunWith(network);
    return fresh;
  };
  const choose = (way: string) => {
    setChosenFlow(way);
    void begin(way);
  };
  // A network with one way needs no choice.
  const only = channel?.info.logins.length === 1 ? channel.info.id : null;
  useEffect(() => {
    if (only) void begin();
    // eslint-disable-next-line react-hooks/exhaustive-deps -- begins once for a network, not when its proxy is typed
  }, [only]);

  const submit = async (inputs: Inputs) => {
    const before = login.view;
    const stale = begunWith === null || begunWith !== network || login.error?.code === 'not_found';
    if (stale && !asksTheSame(before, await begin())) return;
    if (await login.next(inputs)) setDirty(false);
  };
  const again = () => {
    if (!login.view || begunWith !== network || login.error?.code === 'not_found') void begin();
    else void login.next({});
  };
  const back = () => {
    login.leave();
    setBegunWith(null);
    setDirty(false);
    if (chosenFlow === null || done) setChannelId(undefined);
    setChosenFlow(null);
  };
  const close = () => {
    if (dirty && !leaving) setLeaving(true);
    else onClose();
  };

  const errors = useStepErrors(error, network, channel);
  const asks = step && 'fields' in step && step.fields.length > 0;
  const at = done ? 2 : flow ? 1 : channel ? 1 : 0;
  const title = channel ? [channel.name, flow && channel.text(`login.${flow}.title`)].filter(Boolean).join(', ') : '';
  const canGoBack = !done && channel !== undefined && (chosenFlow !== null || !known);

  const then = t(
    crm
      ? 'connect.done.crm'
      : account
        ? 'connect.done.again'
        : messenger?.info.capabilities.history
          ? 'connect.done.history'
          : 'connect.done.fromNow',
  );

  const footer = done ? (
    <>
      {!known && !crm && (
        <Button variant="default" onClick={back}>
          {t('connect.another')}
        </Button>
      )}
      <Button onClick={onClose} data-autofocus>
        {t('act.done')}
      </Button>
    </>
  ) : leaving ? (
    <>
      <span className={s.safe} role="alert">
        {t('connect.leaveQuestion')}
      </span>
      <Button variant="default" onClick={() => setLeaving(false)}>
        {t('connect.stay')}
      </Button>
      <DangerButton onClick={onClose}>{t('connect.leave')}</DangerButton>
    </>
  ) : (
    <>
      <span className={s.safe}>
        <Icon of={ShieldCheck} size={15} />
        {t('connect.safe')}
      </span>
      {canGoBack && (
        <Button variant="default" onClick={back}>
          {t('act.back')}
        </Button>
      )}
      {flow && (
        <Button type="submit" form={formId} disabled={!asks} loading={busy && Boolean(asks)}>
          {t('act.next')}
        </Button>
      )}
    </>
  );

  return (
    <Dialog
      title={known ? t('connect.titleAgain', { name: known.name }) : t(crm ? 'connect.titleCrm' : 'connect.title')}
      width={760}
      opened
      onClose={close}
      closeLabel={t('act.close')}
      footer={footer}
      note={<Steps at={at} done={done} />}
    >
      {!channel && (
        <>
          <p className={s.lead}>{t(crm ? 'connect.chooseCrm' : 'connect.choose')}</p>
          {crm ? <CrmTiles onChoose={setChannelId} /> : <NetworkTiles onChoose={setChannelId} />}
        </>
      )}
      {channel && !flow && <Ways channel={channel} onChoose={choose} />}
      {channel &&
        flow &&
        (done ? (
          <Connected channel={channel} name={step && 'name' in step ? step.name : ''} then={then} fresh={!known} />
        ) : (
          <Frame view={view} busy={busy}>
            {view && (
              <LoginStep
                channel={channel}
                title={title}
                view={view}
                turn={login.turn}
                busy={busy}
                errors={errors.fields}
                formId={formId}
                onDirty={() => {
                  setDirty(true);
                  setLeaving(false);
                }}
                onSubmit={(inputs) => void submit(inputs)}
              >
                <StepProblems
                  channel={channel}
                  error={error}
                  errors={errors}
                  network={network}
                  onNetwork={setNetwork}
                  asks={Boolean(asks)}
                  changed={begunWith !== network}
                  onAgain={again}
                  onRestart={() => void begin()}
                />
              </LoginStep>
            )}
            {!view && !busy && (
              <StepProblems
                channel={channel}
                error={error}
                errors={errors}
                network={network}
                onNetwork={setNetwork}
                asks={false}
                changed={begunWith !== network}
                onAgain={again}
                onRestart={() => void begin()}
              />
            )}
          </Frame>
        ))}
    </Dialog>
  );
}

/** Until the first step has come. */
function Frame({ view, busy, children }: { view: unknown; busy: boolean; children: React.ReactNode }) {
  const { t } = useTranslation();
  return (
    <div className={s.frame} aria-busy={busy}>
      {!view && busy && (
        <p className={s.loading} role="status">
          {t('connect.starting')}
        </p>
      )}
      {children}
    </div>
  );
}

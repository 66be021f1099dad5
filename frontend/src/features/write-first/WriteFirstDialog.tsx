import { useState, type FormEvent, type KeyboardEvent } from 'react';
import { Button, Textarea, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { AtSign, CircleCheck } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { rpcQuery, useCall } from '@/shared/api/rpc';
import { Dialog } from '@/shared/ui/Dialog';
import { Note } from '@/shared/ui/Form';
import { Icon } from '@/shared/ui/Icon';
import { useErrorText } from '@/shared/lib/useErrorText';
import { AccountChoice } from './AccountChoice';
import { KnownPeople } from './KnownPeople';
import { useAddressHint } from './useAddressHint';
import { useWriteFirst } from './useWriteFirst';
import s from './WriteFirst.module.css';

interface Props {
  /** Address to begin with. */
  to: string;
  onClose: () => void;
  onOpen: (conversationId: number) => void;
}

/** Shorter than this nothing is looked up. */
const ENOUGH = 3;
const below = ['label', 'input', 'description', 'error'] as ('label' | 'input' | 'description' | 'error')[];

/** A conversation with somebody who has not written yet: to whom, through which account, with which words. */
export function WriteFirstDialog({ to, onClose, onOpen }: Props) {
  const { t } = useTranslation();
  const call = useCall();
  const errorText = useErrorText();
  const hint = useAddressHint();
  const [address, setAddress] = useState(to);
  const [chosen, setChosen] = useState<number | null>(null);
  const [message, setMessage] = useState('');
  const [asked] = useDebouncedValue(address.trim(), 250);
  const enough = asked.length >= ENOUGH && address.trim().length >= ENOUGH;
  const { data, error, isFetching } = useQuery({
    ...rpcQuery(call, 'write_first.resolve', { text: asked }, ['accounts', 'contacts']),
    enabled: enough,
    placeholderData: keepPreviousData,
  });
  const options = enough ? data : undefined;
  const fresh = options && !isFetching && asked === address.trim();
  const open = options?.accounts.filter((account) => account.refused === null) ?? [];
  const account = open.find((each) => each.account_id === chosen) ?? open[0];
  const { go, busy, refused, forget } = useWriteFirst(onOpen);

  const unclear = fresh && options.understood === 'unknown' && options.known.length === 0;
  const understood =
    fresh && options.understood !== 'unknown' && ['phone', 'username', 'link'].includes(options.understood)
      ? (options.understood as 'phone' | 'username' | 'link')
      : null;
  const submit = (event?: FormEvent) => {
    event?.preventDefault();
    if (account && fresh) go({ account_id: account.account_id, text: asked }, message.trim());
  };
  const sendKey = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) submit();
  };

  return (
    <Dialog
      title={t('write_first.title')}
      width={600}
      opened
      onClose={onClose}
      closeLabel={t('act.close')}
      footer={
        <>
          <span className={s.note}>{t('write_first.appears')}</span>
          <Button variant="default" onClick={onClose}>
            {t('act.cancel')}
          </Button>
          <Button type="submit" form="write-first" disabled={!account || !fresh} loading={busy}>
            {t(message.trim() ? 'write_first.send' : 'write_first.open')}
          </Button>
        </>
      }
    >
      <form id="write-first" className={s.form} onSubmit={submit} noValidate>
        <TextInput
          label={t('write_first.to')}
          description={hint}
          inputWrapperOrder={below}
          data-autofocus
          autoComplete="off"
          spellCheck={false}
          value={address}
          leftSection={<Icon of={AtSign} size={15} />}
          error={refused.address ?? (unclear ? t('write_first.understood.unknown') : undefined)}
          onChange={(e) => {
            setAddress(e.currentTarget.value);
            forget();
          }}
          rightSectionWidth={understood ? '8.5rem' : undefined}
          rightSection={
            understood && (
              <span className={s.found} role="status">
                <Icon of={CircleCheck} size={14} />
                {t(`write_first.understood.${understood}`)}
              </span>
            )
          }
        />
        {error && enough && <Note tone="bad">{errorText(error)}</Note>}
        {options && options.known.length > 0 && <KnownPeople rows={options.known} onOpen={onOpen} />}
        {options &&
          options.understood !== 'unknown' &&
          (options.accounts.length > 0 ? (
            <AccountChoice
              accounts={options.accounts}
              chosen={account?.account_id}
              onChoose={(id) => {
                setChosen(id);
                forget();
              }}
            />
          ) : (
            <Note tone="warn">{t('write_first.nobody')}</Note>
          ))}
        {fresh && options.accounts.length > 0 && open.length === 0 && options.understood !== 'unknown' && (
          <Note tone="warn">{t('write_first.nowhere')}</Note>
        )}
        <Textarea
          label={t('write_first.message')}
          description={t('write_first.messageHint')}
          inputWrapperOrder={below}
          autosize
          minRows={3}
          maxRows={9}
          value={message}
          onChange={(e) => setMessage(e.currentTarget.value)}
          onKeyDown={sendKey}
        />
        {refused.text ? <Note tone="bad">{refused.text}</Note> : account && <Note tone="warn">{t('write_first.warning')}</Note>}
      </form>
    </Dialog>
  );
}

import { useEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { Modal } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { CornerDownLeft, Search } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { rpcQuery, useCall } from '@/shared/api/rpc';
import { runAction, useActionList } from '@/shared/lib/actions';
import { Icon } from '@/shared/ui/Icon';
import { Key } from '@/shared/ui/bits';
import { groupsOf, type Line } from './lines';
import { PaletteLine } from './PaletteLine';
import s from './Palette.module.css';

interface Props {
  onClose: () => void;
  onConversation: (id: number) => void;
}

const SHOWN = 6;
/** As long as the palette needs to go, and a little. */
const LEAVES_MS = 180;
const nothing = {
  conversation_id: null,
  account_ids: [],
  contact_id: null,
  direction: null,
  has_file: false,
  from: null,
  to: null,
  cursor: null,
};

/** The conversations that the words fit; without words the newest. */
function useRows(text: string) {
  const call = useCall();
  const found = useQuery({
    ...rpcQuery(call, 'search', { ...nothing, text, limit: 1 }, ['conversations']),
    enabled: text !== '',
    placeholderData: keepPreviousData,
  });
  const newest = useQuery({
    ...rpcQuery(call, 'conversations.list', { filter: 'all', account_ids: [], tag: null, cursor: null, limit: SHOWN }, ['conversations']),
    enabled: text === '',
  });
  return {
    rows: (text ? found.data?.conversations : newest.data?.items)?.slice(0, SHOWN) ?? [],
    count: text ? found.data?.conversations.length : undefined,
  };
}

export function PaletteDialog({ onClose, onConversation }: Props) {
  const { t } = useTranslation();
  const actions = useActionList();
  const list = useRef<HTMLDivElement>(null);
  const [typed, setTyped] = useState('');
  const [at, setAt] = useState(0);
  const [opened, setOpened] = useState(true);
  const [before] = useState(() => document.activeElement);
  const { rows, count } = useRows(typed.trim());
  const groups = useMemo(() => groupsOf(typed, rows, actions), [typed, rows, actions]);
  const lines = groups.flatMap((group) => group.lines);
  const current = lines[Math.min(at, lines.length - 1)];

  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [current?.id]);

  const close = () => {
    setOpened(false);
    // What was run may have taken the keyboard for itself; else it goes back where it was.
    setTimeout(() => document.activeElement === document.body && before instanceof HTMLElement && before.focus(), LEAVES_MS);
  };
  const run = (line: Line) => {
    close();
    if (line.kind === 'conversation') onConversation(line.row.id);
    else if (line.kind === 'search') runAction('search.all', line.text);
    else line.action.run();
  };
  const onKey = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 6, PageUp: -6 }[event.key];
    if (step !== undefined && lines.length > 0) {
      event.preventDefault();
      const last = lines.length - 1;
      const from = Math.min(at, last);
      const to = from + step;
      setAt(Math.abs(step) === 1 ? (to + lines.length) % lines.length : Math.max(0, Math.min(last, to)));
    } else if (event.key === 'Enter' && !event.nativeEvent.isComposing && current) {
      event.preventDefault();
      run(current);
    }
  };

  return (
    <Modal.Root
      opened={opened}
      onClose={close}
      onExitTransitionEnd={onClose}
      returnFocus={false}
      size="36.25rem"
      yOffset="12vh"
      classNames={{ content: s.palette ?? '' }}
    >
      <Modal.Overlay />
      <Modal.Content aria-label={t('palette.title')}>
        <label className={s.search}>
          <Icon of={Search} size={18} />
          <input
            data-autofocus
            value={typed}
            placeholder={t('palette.placeholder')}
            aria-label={t('palette.placeholder')}
            spellCheck={false}
            autoComplete="off"
            role="combobox"
            aria-expanded
            aria-controls="palette-list"
            aria-activedescendant={current && `palette-${current.id}`}
            onChange={(e) => {
              setTyped(e.target.value);
              setAt(0);
            }}
            onKeyDown={onKey}
          />
          <Key>{t('palette.escape')}</Key>
        </label>
        <div className={s.list} ref={list} id="palette-list" role="listbox" aria-label={t('palette.title')}>
          {groups.map((group) => (
            <div key={group.name} role="group" aria-labelledby={`palette-group-${group.name}`}>
              <div role="presentation" className={s.group} id={`palette-group-${group.name}`}>
                {t(`palette.group.${group.name}`)}
              </div>
              {group.lines.map((line) => (
                <PaletteLine
                  key={line.id}
                  line={line}
                  on={line === current}
                  onHover={() => setAt(lines.indexOf(line))}
                  onRun={() => run(line)}
                />
              ))}
            </div>
          ))}
          {groups.length === 0 && <p className={s.none}>{t('palette.none')}</p>}
        </div>
        <footer className={s.keys}>
          <Key>↑</Key>
          <Key>↓</Key>
          {t('palette.choose')}
          <Icon of={CornerDownLeft} size={13} />
          {t('palette.open')}
          <span role="status">{count !== undefined && t('palette.found', { count })}</span>
        </footer>
      </Modal.Content>
    </Modal.Root>
  );
}

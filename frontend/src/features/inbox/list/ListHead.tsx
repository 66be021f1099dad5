import { useEffect, useRef } from 'react';
import { ListFilter, Search, SquarePen, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { ConversationCounts, ConversationFilter } from '@/shared/api/schema.gen';
import { useHost } from '@/shared/host';
import { runAction, useActionList, useActions } from '@/shared/lib/actions';
import { keysLabel } from '@/shared/lib/hotkeys';
import { useFormat } from '@/shared/lib/format';
import { Icon } from '@/shared/ui/Icon';
import { Key, Tool } from '@/shared/ui/bits';
import { FilterMenu, type Narrowing } from './FilterMenu';
import s from './ListHead.module.css';

interface Props {
  filter: ConversationFilter;
  onFilter: (filter: ConversationFilter) => void;
  narrowing: Narrowing;
  onNarrow: (change: Narrowing) => void;
  counts: ConversationCounts | undefined;
  text: string;
  onText: (text: string) => void;
  /** Ctrl+F belongs to the open conversation when there is one. */
  searchKey: boolean;
}

const tabs = ['all', 'unanswered', 'unread', 'mine'] as const;

export function ListHead({ filter, onFilter, narrowing, onNarrow, counts, text, onText, searchKey }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const mac = useHost().platform === 'mac';
  const field = useRef<HTMLInputElement>(null);
  const writeFirst = useActionList().find((action) => action.id === 'write-first');
  const tabsEnd = useRef<HTMLDivElement>(null);

  useActions(
    searchKey
      ? [
          {
            id: 'list.search',
            group: 'list',
            label: t('inbox.list.search'),
            icon: Search,
            keys: ['mod+f'],
            quiet: true,
            run: () => field.current?.focus(),
          },
        ]
      : [],
  );
  useEffect(() => {
    tabsEnd.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ inline: 'nearest', block: 'nearest' });
  }, [filter]);

  return (
    <>
      <div className={s.top}>
        <label className={s.search}>
          <Icon of={Search} size={15} />
          <input
            ref={field}
            value={text}
            placeholder={t('places.search')}
            aria-label={t('inbox.list.search')}
            onChange={(e) => onText(e.target.value)}
            onKeyDown={(e) => {
              if (e.key === 'Escape') {
                e.stopPropagation();
                onText('');
                field.current?.blur();
              }
            }}
          />
          {text ? (
            <button type="button" className={s.clear} aria-label={t('inbox.list.clear')} onClick={() => onText('')}>
              <Icon of={X} size={14} />
            </button>
          ) : (
            searchKey && <Key>{keysLabel('mod+f', mac)}</Key>
          )}
        </label>
        <FilterMenu filter={filter} onFilter={onFilter} narrowing={narrowing} onNarrow={onNarrow} tags={counts?.tags ?? []}>
          <Icon of={ListFilter} />
        </FilterMenu>
        {writeFirst && (
          <Tool
            label={writeFirst.label}
            keys={writeFirst.keys?.[0] && keysLabel(writeFirst.keys[0], mac)}
            onClick={() => runAction('write-first')}
          >
            <Icon of={SquarePen} />
          </Tool>
        )}
      </div>
      <div className={s.filters} ref={tabsEnd} role="tablist" aria-label={t('inbox.list.filters')}>
        {tabs.map((tab) => (
          <button key={tab} type="button" role="tab" aria-selected={tab === filter} className={s.filter} onClick={() => onFilter(tab)}>
            {t(`inbox.filter.${tab}`)}
            {tab !== 'all' && counts && counts[tab] > 0 && <span className="num">{format.number(counts[tab])}</span>}
          </button>
        ))}
        {(filter === 'archived' || filter === 'filtered') && (
          <button type="button" role="tab" aria-selected className={s.filter}>
            {t(`inbox.filter.${filter}`)}
          </button>
        )}
      </div>
    </>
  );
}

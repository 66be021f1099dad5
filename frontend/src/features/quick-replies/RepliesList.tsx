import { useState } from 'react';
import { Menu } from '@mantine/core';
import { Ellipsis, Paperclip, Pencil, Search, Trash2, UserRound } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { QuickReplies, QuickReplyView, FolderView } from '@/shared/api/schema.gen';
import { fuzzy } from '@/shared/lib/fuzzy';
import { Tool } from '@/shared/ui/bits';
import { Icon } from '@/shared/ui/Icon';
import { TemplateText } from '@/shared/ui/TemplateText';
import type { FolderQuestion } from './FolderDialog';
import s from './QuickReplies.module.css';

interface Props {
  data: QuickReplies;
  chosen: string | undefined;
  onChoose: (id: string) => void;
  onFolder: (question: FolderQuestion) => void;
}

/** Every quick reply under its folder. */
export function RepliesList({ data: { folders, items: replies }, chosen, onChoose, onFolder }: Props) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState('');
  const found = fuzzy(typed.trim(), replies);
  const groups: (FolderView | null)[] = [null, ...folders];
  return (
    <nav className={s.list} aria-label={t('quick.title')}>
      <label className={s.search}>
        <Icon of={Search} size={15} />
        <input
          value={typed}
          placeholder={t('quick.search')}
          aria-label={t('quick.search')}
          onChange={(e) => setTyped(e.target.value)}
          onKeyDown={(e) => e.key === 'Escape' && setTyped('')}
        />
      </label>
      {typed.trim() && found.length === 0 && <p className={s.hint}>{t('quick.nothingFound', { text: typed.trim() })}</p>}
      {groups.map((folder) => {
        const mine = found.filter(({ folder_id }) => folder_id === (folder?.id ?? null));
        if (mine.length === 0 && (typed.trim() || !folder)) return null;
        return (
          <section key={folder?.id ?? 0} aria-label={folder?.name ?? t('quick.noFolder')}>
            {folder && (
              <h2>
                <span className="cut">{folder.name}</span>
                <FolderMenu folder={folder} count={replies.filter(({ folder_id }) => folder_id === folder.id).length} onFolder={onFolder} />
              </h2>
            )}
            {mine.map((reply) => (
              <Line key={reply.id} reply={reply} on={String(reply.id) === chosen} onChoose={onChoose} />
            ))}
            {mine.length === 0 && <p className={s.hint}>{t('quick.emptyFolder')}</p>}
          </section>
        );
      })}
    </nav>
  );
}

function Line({ reply, on, onChoose }: { reply: QuickReplyView; on: boolean; onChoose: (id: string) => void }) {
  const { t } = useTranslation();
  return (
    <button type="button" className={s.line} aria-current={on || undefined} onClick={() => onChoose(String(reply.id))}>
      <span className={s.name}>
        <b className="cut">/{reply.name}</b>
        {reply.files.length > 0 && <Icon of={Paperclip} size={13} label={t('quick.files', { count: reply.files.length })} />}
        {!reply.shared && <Icon of={UserRound} size={13} label={t('quick.personal')} />}
      </span>
      <small className="cut">
        <TemplateText text={reply.text} />
      </small>
    </button>
  );
}

function FolderMenu({ folder, count, onFolder }: { folder: FolderView; count: number; onFolder: Props['onFolder'] }) {
  const { t } = useTranslation();
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Tool label={t('quick.folderMenu', { name: folder.name })}>
          <Icon of={Ellipsis} size={15} />
        </Tool>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<Icon of={Pencil} size={15} />} onClick={() => onFolder({ ask: 'save', folder })}>
          {t('quick.renameFolder')}
        </Menu.Item>
        <Menu.Item
          color="var(--b-bad)"
          leftSection={<Icon of={Trash2} size={15} />}
          onClick={() => onFolder({ ask: 'delete', folder, count })}
        >
          {t('quick.deleteFolder')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

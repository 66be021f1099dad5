import type { ReactNode } from 'react';
import type { TFunction } from 'i18next';
import { Button } from '@mantine/core';
import { FileSpreadsheet } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useLinks } from '@/shared/api/links';
import type { Preview } from '@/shared/api/schema.gen';
import { useLook } from '@/shared/lib/look';
import { DateRange } from '@/shared/ui/DateRange';
import { Icon } from '@/shared/ui/Icon';
import { Page } from '@/shared/ui/Page';
import { periodOf, type JournalAddress } from './address';
import { MessagesTab } from './MessagesTab';
import { RepliesTab } from './RepliesTab';
import s from './Journal.module.css';

export interface TabProps {
  address: JournalAddress;
  go: (change: Partial<JournalAddress>) => void;
  onConversation: (id: number, message?: number) => void;
  /** One line for a message without words. */
  previewText: (t: TFunction, preview: Preview) => string;
}

interface Props extends TabProps {
  /** A file of what is shown. */
  onExport?: ((days: { from: string; to: string }) => void) | undefined;
}

/** LOG-1, LOG-2: what came and went, and what became of it. */
export function JournalPage({ onExport, ...props }: Props) {
  const { t } = useTranslation();
  const { timeZone } = useLook();
  const { address, go } = props;
  const links = useLinks();
  const period = periodOf(address, timeZone, Date.now());
  const replies = address.tab === 'replies' && links.length > 0;
  const tab = (name: 'messages' | 'replies', text: ReactNode) => (
    <button
      type="button"
      role="tab"
      aria-selected={(name === 'replies') === replies}
      onClick={() => go({ tab: name === 'replies' ? 'replies' : undefined, state: undefined, link: undefined, message: undefined })}
    >
      {text}
    </button>
  );
  return (
    <Page
      title={t('journal.title')}
      note={
        links.length > 0 && (
          <span className={s.tabs} role="tablist" aria-label={t('journal.title')}>
            {tab('messages', t('journal.messages'))}
            {tab('replies', t('journal.replies'))}
          </span>
        )
      }
      actions={
        <>
          <DateRange required from={period.from} to={period.to} onChange={go} />
          {onExport && !replies && (
            <Button leftSection={<Icon of={FileSpreadsheet} size={15} />} onClick={() => onExport(period)}>
              {t('journal.toExcel')}
            </Button>
          )}
        </>
      }
    >
      {replies ? <RepliesTab links={links} {...props} /> : <MessagesTab links={links} {...props} />}
    </Page>
  );
}

import { useState } from 'react';
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { FolderPlus, Plus, Zap } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { QuickReplyView } from '@/shared/api/schema.gen';
import { quickRepliesQuery } from '@/shared/api/quickReplies';
import { useCall } from '@/shared/api/rpc';
import { Icon } from '@/shared/ui/Icon';
import { Page } from '@/shared/ui/Page';
import { Failed, Loading, Nothing } from '@/shared/ui/States';
import { FolderDialog, type FolderQuestion } from './FolderDialog';
import { ReplyForm } from './ReplyForm';
import { RepliesList } from './RepliesList';
import s from './QuickReplies.module.css';

interface Props {
  /** `new`, an id, or nothing chosen. */
  chosen: string | undefined;
  onChoose: (id: string | undefined) => void;
  onBack: () => void;
  onDirty: (dirty: boolean) => void;
}

/** INB-5: texts and files that answer the usual questions, in folders, one's own and everybody's. */
export function QuickRepliesPage({ chosen, onChoose, onBack, onDirty }: Props) {
  const { t } = useTranslation();
  const { data, error, refetch, isFetching } = useQuery(quickRepliesQuery(useCall()));
  const [question, setQuestion] = useState<FolderQuestion | null>(null);
  const reply: QuickReplyView | undefined = data?.items.find(({ id }) => String(id) === chosen);
  const form = chosen === 'new' || reply !== undefined;
  return (
    <Page
      crumb={
        <button type="button" onClick={onBack}>
          {t('settings.title')}
        </button>
      }
      title={t('quick.title')}
      note={data && data.items.length > 0 && t('quick.count', { count: data.items.length })}
      actions={
        <>
          <Button
            variant="default"
            leftSection={<Icon of={FolderPlus} size={15} />}
            onClick={() => setQuestion({ ask: 'save', folder: null })}
          >
            {t('quick.newFolder')}
          </Button>
          <Button leftSection={<Icon of={Plus} size={15} />} onClick={() => onChoose('new')}>
            {t('quick.newReply')}
          </Button>
        </>
      }
    >
      {!data && (error ? <Failed title={t('quick.failed')} cause={error} busy={isFetching} onAgain={() => void refetch()} /> : <Loading />)}
      {data && (
        <div className={s.body}>
          {(data.items.length > 0 || data.folders.length > 0) && (
            <RepliesList data={data} chosen={chosen} onChoose={onChoose} onFolder={setQuestion} />
          )}
          {form ? (
            <ReplyForm
              key={chosen}
              reply={reply ?? null}
              folders={data.folders}
              placeholders={data.placeholders}
              names={data.items.filter(({ id }) => id !== reply?.id)}
              onDirty={onDirty}
              onDone={(id) => onChoose(id === null ? undefined : String(id))}
            />
          ) : data.items.length === 0 ? (
            <Nothing
              title={t('quick.none')}
              text={t('quick.noneHint')}
              step={
                <Button variant="default" leftSection={<Icon of={Zap} size={15} />} onClick={() => onChoose('new')}>
                  {t('quick.first')}
                </Button>
              }
            />
          ) : (
            <Nothing title={t('quick.choose')} text={t('quick.chooseHint')} />
          )}
        </div>
      )}
      {question && <FolderDialog key={`${question.ask} ${question.folder?.id}`} question={question} onClose={() => setQuestion(null)} />}
    </Page>
  );
}

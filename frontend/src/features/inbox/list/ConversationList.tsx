import { useCallback, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Virtuoso, type VirtuosoHandle } from 'react-virtuoso';
import { Button } from '@mantine/core';
import type { ConversationRow as Row } from '@/shared/api/schema.gen';
import { useErrorText } from '@/shared/lib/useErrorText';
import { useLook } from '@/shared/lib/look';
import { layout } from '@/shared/ui/theme';
import { ConversationRow, rowDomId } from './ConversationRow';
import { Skeletons } from './Skeletons';
import s from './ConversationList.module.css';

interface Props {
  rows: Row[] | undefined;
  complete: boolean;
  error: unknown;
  openId: number | undefined;
  cursorId: number | undefined;
  empty: React.ReactNode;
  onMore: () => void;
  onAgain: () => void;
  onOpen: (id: number) => void;
  onMenu: (row: Row, at: { x: number; y: number }) => void;
  onNear: (row: Row) => void;
}

const Gap = () => <div style={{ height: 4 }} />;
const outside = { Header: Gap, Footer: Gap };

/** Rows of one fixed height, so a hundred thousand cost what twenty cost. */
export function ConversationList({ rows, complete, error, openId, cursorId, empty, onMore, onAgain, onOpen, onMenu, onNear }: Props) {
  const { t } = useTranslation();
  const text = useErrorText();
  const { fontScale } = useLook();
  const list = useRef<VirtuosoHandle>(null);
  const place = useRef<Row[]>([]);
  useEffect(() => {
    place.current = rows ?? [];
  });

  useEffect(() => {
    const index = cursorId === undefined ? -1 : place.current.findIndex((row) => row.id === cursorId);
    if (index >= 0) list.current?.scrollIntoView({ index });
  }, [cursorId]);

  const row = useCallback(
    (_index: number, one: Row) => (
      <ConversationRow row={one} open={one.id === openId} cursor={one.id === cursorId} onOpen={onOpen} onMenu={onMenu} onNear={onNear} />
    ),
    [openId, cursorId, onOpen, onMenu, onNear],
  );

  if (!rows) {
    return error ? (
      <div className={s.none} role="alert">
        <b>{t('inbox.list.failed')}</b>
        {text(error)}
        <Button variant="default" onClick={onAgain}>
          {t('act.retry')}
        </Button>
      </div>
    ) : (
      <Skeletons />
    );
  }
  if (rows.length === 0) return <>{empty}</>;
  return (
    <Virtuoso
      ref={list}
      className={s.rows}
      data={rows}
      fixedItemHeight={layout.row * fontScale}
      increaseViewportBy={400}
      computeItemKey={(_index, one) => one.id}
      itemContent={row}
      endReached={complete ? undefined : onMore}
      components={outside}
      role="listbox"
      tabIndex={0}
      aria-label={t('inbox.list.label')}
      aria-activedescendant={cursorId === undefined ? undefined : rowDomId(cursorId)}
    />
  );
}

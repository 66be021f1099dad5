import type { ReactNode } from 'react';
import { TableVirtuoso, type TableComponents } from 'react-virtuoso';
import t from '@/shared/ui/Table.module.css';
import s from './Journal.module.css';

interface Context {
  label: string;
  /** Widths of the columns. */
  columns: ReactNode;
  chosen: number | undefined;
  onRow: ((id: number) => void) | undefined;
}

interface Props<T> extends Partial<Context> {
  label: string;
  rows: T[];
  head: ReactNode;
  cells: (row: T) => ReactNode;
  onEnd: () => void;
}

/** The same for every table: what is made anew with each drawing would begin anew, too. */
const components: TableComponents<{ id: number }, Context> = {
  Table: ({ context, children, ...rest }) => (
    <table {...rest} className={`${t.table} ${s.table}`} aria-label={context.label}>
      {context.columns}
      {children}
    </table>
  ),
  TableRow: ({ context, item, ...rest }) => (
    <tr {...rest} data-on={item.id === context.chosen || undefined} onClick={() => context.onRow?.(item.id)} />
  ),
};

/** A long table of which only what can be seen exists. */
export function Rows<T extends { id: number }>({ label, rows, chosen, columns, head, cells, onRow, onEnd }: Props<T>) {
  return (
    <TableVirtuoso
      className={s.rows ?? ''}
      data={rows}
      computeItemKey={(_, row) => row.id}
      endReached={onEnd}
      increaseViewportBy={400}
      fixedHeaderContent={() => head}
      itemContent={(_, row) => cells(row)}
      context={{ label, columns, chosen, onRow }}
      components={components as TableComponents<T, Context>}
    />
  );
}

import type { ReactNode } from 'react';
import { Menu } from '@mantine/core';

export interface Point {
  x: number;
  y: number;
}

/** A menu where the pointer is. Arrow keys and Enter work in it, Esc closes it. */
export function PointMenu({ at, label, onClose, children }: { at: Point; label: string; onClose: () => void; children: ReactNode }) {
  return (
    <Menu key={`${at.x},${at.y}`} opened onChange={(open) => !open && onClose()} position="bottom-start" offset={2} trapFocus returnFocus>
      <Menu.Target>
        <span aria-hidden style={{ position: 'fixed', left: at.x, top: at.y, width: 1, height: 1 }} />
      </Menu.Target>
      <Menu.Dropdown aria-label={label}>{children}</Menu.Dropdown>
    </Menu>
  );
}

import type { ReactNode } from 'react';
import { Modal } from '@mantine/core';
import s from './Dialog.module.css';

interface Props {
  title: string;
  /** Beside the title: steps, a count. */
  note?: ReactNode;
  /** px at font scale 100 %. */
  width?: number;
  /** Main action last. */
  footer?: ReactNode;
  opened: boolean;
  onClose: () => void;
  closeLabel: string;
  children: ReactNode;
}

/** A dialog with head, body and foot. Esc and the shade close it; the focus comes back where it was. */
export function Dialog({ title, note, width = 560, footer, opened, onClose, closeLabel, children }: Props) {
  return (
    <Modal.Root opened={opened} onClose={onClose} size={`${width / 16}rem`} centered classNames={{ content: s.dialog ?? '' }}>
      <Modal.Overlay />
      <Modal.Content>
        <header className={s.head}>
          <Modal.Title className={s.title}>{title}</Modal.Title>
          {note}
          <span className={s.push} />
          <Modal.CloseButton aria-label={closeLabel} />
        </header>
        <Modal.Body className={s.body}>{children}</Modal.Body>
        {footer && <footer className={s.foot}>{footer}</footer>}
      </Modal.Content>
    </Modal.Root>
  );
}

/** A dialog over the window: titled, closed by Esc, by its button or by a click beside it; the focus stays inside and goes back after. */
import { Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import styles from './dialog.module.css';

interface DialogProps {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly title: string;
  /** Width: a name of the component kit or a CSS length. */
  readonly size: string;
  /** false while closing would hide work that goes on. */
  readonly closable?: boolean;
  readonly children: ReactNode;
}

/** The kit's ready-made dialog has a `header` that screen readers take for the page's banner, so the parts are put together here. */
export function Dialog({ opened, onClose, title, size, closable = true, children }: DialogProps) {
  return (
    <Modal.Root
      opened={opened}
      onClose={onClose}
      size={size}
      closeOnEscape={closable}
      closeOnClickOutside={closable}
      lockScroll={false}
      padding="md"
      transitionProps={{ duration: 80 }}
    >
      <Modal.Overlay backgroundOpacity={0.35} />
      <Modal.Content className={styles.content ?? ''}>
        <div className={styles.head}>
          <Modal.Title className={styles.title ?? ''}>{title}</Modal.Title>
          {closable && <Modal.CloseButton aria-label="Close" />}
        </div>
        <Modal.Body>{opened && children}</Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}

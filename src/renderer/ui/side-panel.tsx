/** A panel at a side of the window whose width a person sets, by pointer or by keys. */
import { type KeyboardEvent, type PointerEvent, type ReactNode, useState } from 'react';
import styles from './side-panel.module.css';

interface SidePanelProps {
  /** Accessible name of the handle: "Width of the detail panel". */
  readonly label: string;
  readonly side: 'left' | 'right';
  readonly initialWidth: number;
  readonly minWidth: number;
  readonly maxWidth: number;
  /** Told every width that a person sets. */
  readonly onWidth: (widthPx: number) => void;
  readonly children: ReactNode;
}

const KEY_STEP_PX = 24;

/** The panel with its handle. In a narrow window it lies over the content instead of beside it. */
export function SidePanel({ label, side, initialWidth, minWidth, maxWidth, onWidth, children }: SidePanelProps) {
  const [width, setWidth] = useState(initialWidth);
  const resize = (next: number) => {
    const kept = Math.round(Math.min(maxWidth, Math.max(minWidth, next)));
    setWidth(kept);
    onWidth(kept);
  };
  const outward = side === 'left' ? 1 : -1;

  const onPointerDown = (event: PointerEvent<HTMLElement>) => {
    event.preventDefault();
    const handle = event.currentTarget;
    const startX = event.clientX;
    handle.setPointerCapture(event.pointerId);
    const onMove = (move: globalThis.PointerEvent) => resize(width + (move.clientX - startX) * outward);
    const onUp = () => {
      handle.removeEventListener('pointermove', onMove);
      handle.removeEventListener('pointerup', onUp);
      handle.removeEventListener('pointercancel', onUp);
    };
    handle.addEventListener('pointermove', onMove);
    handle.addEventListener('pointerup', onUp);
    handle.addEventListener('pointercancel', onUp);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowRight') resize(width + KEY_STEP_PX * outward);
    else if (event.key === 'ArrowLeft') resize(width - KEY_STEP_PX * outward);
    else return;
    event.preventDefault();
  };
  const handle = (
    // biome-ignore lint/a11y/useSemanticElements: a rule cannot be moved; a separator that takes the focus can
    <div
      role="separator"
      tabIndex={0}
      aria-orientation="vertical"
      aria-label={label}
      aria-valuenow={width}
      aria-valuemin={minWidth}
      aria-valuemax={maxWidth}
      className={styles.handle}
      onPointerDown={onPointerDown}
      onKeyDown={onKeyDown}
    />
  );
  return (
    <div
      className={side === 'left' ? `${styles.panel} ${styles.left}` : `${styles.panel} ${styles.right}`}
      style={{ width }}
    >
      {side === 'right' && handle}
      <div className={styles.content}>{children}</div>
      {side === 'left' && handle}
    </div>
  );
}

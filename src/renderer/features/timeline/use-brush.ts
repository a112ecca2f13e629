/** The brush of the timeline: which bars are pointed at or chosen, by pointer and by key. */
import { type KeyboardEvent, type MouseEvent, type PointerEvent, useState } from 'react';
import type { Histogram } from '../../../shared/contract.ts';
import { barAt } from './time-brush.ts';

/** Bars by position; `anchor` is where the choice began. */
export interface Brush {
  readonly anchor: number;
  readonly cursor: number;
}

interface BrushActions {
  readonly narrow: (brush: Brush) => void;
  readonly widen: () => void;
}

/** Moments, not positions: bars may come and go under a brush while the log grows. */
interface Marked {
  readonly anchorUs: number;
  readonly cursorUs: number;
}

const LEAST_DRAG_PX = 4;

/** State and listeners of the brush. */
export function useBrush(histogram: Histogram, { narrow, widen }: BrushActions) {
  const [marked, setMarked] = useState<Marked | null>(null);
  const [hovered, setHovered] = useState<number | null>(null);
  const [pressedAt, setPressedAt] = useState<{ readonly x: number; readonly dragging: boolean } | null>(null);
  const { buckets } = histogram;
  const last = buckets.length - 1;
  const brush: Brush | null =
    marked === null ? null : { anchor: barAt(histogram, marked.anchorUs), cursor: barAt(histogram, marked.cursorUs) };

  const mark = (anchor: number, cursor: number) =>
    setMarked({ anchorUs: buckets[anchor]?.startUs ?? 0, cursorUs: buckets[cursor]?.startUs ?? 0 });
  const barUnder = (event: MouseEvent<Element>) => {
    const { left, width } = event.currentTarget.getBoundingClientRect();
    return Math.min(last, Math.max(0, Math.floor(((event.clientX - left) / width) * buckets.length)));
  };
  const finish = (chosen: Brush) => {
    setMarked(null);
    narrow(chosen);
  };

  const onPointerDown = (event: PointerEvent<Element>) => {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    setPressedAt({ x: event.clientX, dragging: false });
    const bar = barUnder(event);
    mark(bar, bar);
  };
  const onPointerMove = (event: PointerEvent<Element>) => {
    const bar = barUnder(event);
    setHovered(bar);
    if (pressedAt === null || brush === null) return;
    if (!pressedAt.dragging && Math.abs(event.clientX - pressedAt.x) < LEAST_DRAG_PX) return;
    setPressedAt({ ...pressedAt, dragging: true });
    mark(brush.anchor, bar);
  };
  const onPointerUp = (event: PointerEvent<Element>) => {
    const dragged = pressedAt?.dragging === true && brush !== null;
    setPressedAt(null);
    if (dragged) finish({ anchor: brush.anchor, cursor: barUnder(event) });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const cursor = brush?.cursor ?? (event.key === 'ArrowRight' ? -1 : buckets.length);
    const moved = movedCursor(event.key, cursor, last);
    if (moved !== null) mark(event.shiftKey && brush !== null ? brush.anchor : moved, moved);
    else if (event.key === 'Enter' && brush !== null) finish(brush);
    else if (event.key === 'Escape' && brush !== null) setMarked(null);
    else if (event.key === 'Backspace' || event.key === '-') {
      setMarked(null);
      widen();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return {
    brush,
    /** The bar under the pointer; null while it is elsewhere. */
    hovered: hovered === null ? null : Math.min(hovered, last),
    listeners: {
      onPointerDown,
      onPointerMove,
      onPointerUp,
      onPointerCancel: () => setPressedAt(null),
      onPointerLeave: () => setHovered(null),
      onDoubleClick: () => {
        setMarked(null);
        widen();
      },
      onKeyDown,
      onBlur: () => setMarked(null),
    },
  };
}

function movedCursor(key: string, cursor: number, last: number): number | null {
  switch (key) {
    case 'ArrowLeft':
    case 'ArrowDown':
      return Math.max(0, cursor - 1);
    case 'ArrowRight':
    case 'ArrowUp':
      return Math.min(last, cursor + 1);
    case 'Home':
      return 0;
    case 'End':
      return last;
    case 'PageDown':
      return Math.max(0, cursor - 10);
    case 'PageUp':
      return Math.min(last, cursor + 10);
    default:
      return null;
  }
}

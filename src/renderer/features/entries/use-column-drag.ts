/** Dragging a column's header: along the header it moves the column, at its edge it sets the width. */
import { type PointerEvent, type RefObject, useEffect, useRef, useState } from 'react';
import { editTableLayout, withColumnMoved, withColumnWidth } from '../../state/table-columns.ts';

/** A shorter way is a click. */
const DRAG_FROM_PX = 6;

/** Where the dragged column would go. */
export interface ColumnDrop {
  readonly dragged: string;
  readonly side: 'before' | 'after';
  readonly target: string;
}

/** Attribute that names a header cell's column. */
export const COLUMN_ATTRIBUTE = 'data-column';

function dropAt(header: HTMLElement, dragged: string, clientX: number): ColumnDrop | null {
  for (const cell of header.querySelectorAll<HTMLElement>(`[${COLUMN_ATTRIBUTE}]`)) {
    const { left, right } = cell.getBoundingClientRect();
    if (clientX < left || clientX > right) continue;
    const target = cell.getAttribute(COLUMN_ATTRIBUTE) ?? '';
    if (target === dragged) return null;
    return { dragged, target, side: clientX < (left + right) / 2 ? 'before' : 'after' };
  }
  return null;
}

/** Follows the pointer of one gesture until it ends; Esc ends it without effect. */
function followPointer(
  start: PointerEvent<HTMLElement>,
  onMove: (event: globalThis.PointerEvent) => void,
  onEnd: (kept: boolean) => void,
): () => void {
  const element = start.currentTarget;
  element.setPointerCapture(start.pointerId);
  const end = (kept: boolean) => {
    element.removeEventListener('pointermove', onMove);
    element.removeEventListener('pointerup', onUp);
    element.removeEventListener('pointercancel', onCancel);
    document.removeEventListener('keydown', onKey, true);
    onEnd(kept);
  };
  const onUp = () => end(true);
  const onCancel = () => end(false);
  const onKey = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    end(false);
  };
  element.addEventListener('pointermove', onMove);
  element.addEventListener('pointerup', onUp);
  element.addEventListener('pointercancel', onCancel);
  document.addEventListener('keydown', onKey, true);
  return () => end(false);
}

/** The move under way, and what begins one. `wasDragged` tells a click that ends a drag from a click. */
export function useColumnMove(header: RefObject<HTMLElement | null>) {
  const [drop, setDrop] = useState<ColumnDrop | null>(null);
  const dragged = useRef(false);
  const stop = useRef(() => {});
  useEffect(() => () => stop.current(), []);
  const begin = (event: PointerEvent<HTMLElement>, id: string) => {
    dragged.current = false;
    if (event.button !== 0) return;
    const startX = event.clientX;
    let last: ColumnDrop | null = null;
    stop.current = followPointer(
      event,
      (move) => {
        if (Math.abs(move.clientX - startX) >= DRAG_FROM_PX) dragged.current = true;
        if (!dragged.current || header.current === null) return;
        last = dropAt(header.current, id, move.clientX);
        setDrop(last);
      },
      (kept) => {
        stop.current = () => {};
        setDrop(null);
        const to = last;
        if (kept && to !== null) editTableLayout((layout) => withColumnMoved(layout, id, to.side, to.target));
      },
    );
  };
  return { drop, begin, wasDragged: () => dragged.current };
}

/** Begins to set a column's width from what it is now. */
export function beginColumnResize(event: PointerEvent<HTMLElement>, id: string): void {
  const cell = event.currentTarget.closest<HTMLElement>(`[${COLUMN_ATTRIBUTE}]`);
  if (event.button !== 0 || cell === null) return;
  event.preventDefault();
  event.stopPropagation();
  const startX = event.clientX;
  const startWidth = cell.getBoundingClientRect().width;
  followPointer(
    event,
    (move) => editTableLayout((layout) => withColumnWidth(layout, id, startWidth + move.clientX - startX)),
    (kept) => {
      if (!kept) editTableLayout((layout) => withColumnWidth(layout, id, startWidth));
    },
  );
}

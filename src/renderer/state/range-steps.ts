/** The range, moved by its own width: by the arrows beside it and by commands. */
import { shiftRange } from '../time/range-text.ts';
import { setRange, viewStore } from './view.ts';

/** Shows the range of the same width before (-1) or after (1) the one that is shown; nothing where it has no width. */
export function stepRange(direction: -1 | 1, zone: string): void {
  const shifted = shiftRange(viewStore.get().query.filter.range, direction, Date.now() * 1000, zone);
  if (shifted !== null) setRange(shifted, null);
}

/** Which pages the rows in sight lie on. */

/** Rows fetched at once. */
export const PAGE_ROWS = 200;

/** Pages are asked for ahead when the rows in sight come this near to their end. */
const AHEAD_ROWS = 60;

/** Pages that cover the rows `first` to `last` (inclusive) and what lies just ahead and behind, within `count` rows. */
export function pagesFor(first: number, last: number, count: number | null): number[] {
  const end = count === null ? last : Math.max(0, count - 1);
  const from = Math.max(0, Math.floor((first - AHEAD_ROWS) / PAGE_ROWS));
  const to = Math.max(from, Math.floor(Math.min(last + AHEAD_ROWS, end) / PAGE_ROWS));
  return Array.from({ length: to - from + 1 }, (_, step) => from + step);
}

/** Page of a row, and the row's place on it. */
export function placeOf(index: number): { readonly page: number; readonly row: number } {
  const page = Math.floor(index / PAGE_ROWS);
  return { page, row: index - page * PAGE_ROWS };
}

/** How a person arranged the window for one source: columns, panels and order of the rows. Plain JSON, kept in the data folder. */
import { sortSchema } from './query.ts';
import { z } from './schema.ts';

/** Narrowest and widest that a column can be made, in CSS pixels. */
export const COLUMN_WIDTH_LIMITS = { min: 40, max: 2000 } as const;

/** One column. */
export const columnLayoutSchema = z.strictObject({
  id: z.string().min(1).max(300),
  /** Width in CSS pixels; null for the column's own, which shares what room is left. */
  width: z.number().int().min(COLUMN_WIDTH_LIMITS.min).max(COLUMN_WIDTH_LIMITS.max).nullable(),
  visible: z.boolean(),
  /** true where it stays at the start while the others scroll. */
  pinned: z.boolean(),
});
export type ColumnLayout = z.infer<typeof columnLayoutSchema>;

/** Every column of the table, in the order in which they stand. */
export const tableLayoutSchema = z.array(columnLayoutSchema).max(200).readonly();
export type TableLayout = z.infer<typeof tableLayoutSchema>;

const panelWidth = z.number().int().min(100).max(4000).nullable();

/** The window of one source. null stands for "as at first". */
export const windowLayoutSchema = z.strictObject({
  columns: tableLayoutSchema.nullable(),
  sort: sortSchema.nullable(),
  filtersWidth: panelWidth,
  detailWidth: panelWidth,
});
export type WindowLayout = z.infer<typeof windowLayoutSchema>;

/** Nothing arranged yet. */
export const FIRST_WINDOW_LAYOUT: WindowLayout = { columns: null, sort: null, filtersWidth: null, detailWidth: null };

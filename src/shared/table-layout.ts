/** Columns of the table as a person arranged them. Plain JSON, kept for each source and in saved views. */
import { z } from './schema.ts';

/** Narrowest and widest that a column can be made, in CSS pixels. */
export const COLUMN_WIDTH_LIMITS = { min: 40, max: 2000 } as const;

/** One column. */
export const columnLayoutSchema = z.strictObject({
  id: z.string().min(1).max(300),
  /** Width in CSS pixels; null for the column's own, which shares what room is left. */
  width: z.number().int().min(COLUMN_WIDTH_LIMITS.min).max(COLUMN_WIDTH_LIMITS.max).nullable(),
  visible: z.boolean(),
  /** true where it stays at the start while the others scroll; the views of an earlier version do not say. */
  pinned: z.boolean().default(false),
});
export type ColumnLayout = z.infer<typeof columnLayoutSchema>;

/** Every column of the table, in the order in which they stand. */
export const tableLayoutSchema = z.array(columnLayoutSchema).max(200).readonly();
export type TableLayout = z.infer<typeof tableLayoutSchema>;

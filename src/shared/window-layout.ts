/**
 * How a person left the window of one source: columns, panels and order of the rows, what was filtered, and the entry that was
 * chosen. Plain JSON, kept in the data folder.
 */
import { entryRefSchema } from './contract/entries.ts';
import { sortSchema } from './query.ts';
import { savedFilterSchema, savedRangeSchema } from './saved-views.ts';
import { z } from './schema.ts';
import { tableLayoutSchema } from './table-layout.ts';

const panelWidth = z.number().int().min(100).max(4000).nullable();

/** The window of one source. null stands for "as at first", and so does what an earlier version did not keep. */
export const windowLayoutSchema = z.strictObject({
  columns: tableLayoutSchema.nullable(),
  sort: sortSchema.nullable(),
  filtersWidth: panelWidth,
  detailWidth: panelWidth,
  /** false where the sidebar was hidden by hand. */
  filtersShown: z.boolean().nullable().default(null),
  filter: savedFilterSchema.nullable().default(null),
  range: savedRangeSchema.nullable().default(null),
  selected: z.strictObject({ ref: entryRefSchema, detailOpen: z.boolean() }).nullable().default(null),
});
export type WindowLayout = z.infer<typeof windowLayoutSchema>;

/** Nothing arranged yet. */
export const FIRST_WINDOW_LAYOUT: WindowLayout = {
  columns: null,
  sort: null,
  filtersWidth: null,
  detailWidth: null,
  filtersShown: null,
  filter: null,
  range: null,
  selected: null,
};

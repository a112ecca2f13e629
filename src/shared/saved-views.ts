/** Saved views: a filter, a sort, a range and columns under a name, kept for each source, and the text in which they travel. */
import { entryFilterSchema, sortSchema } from './query.ts';
import { z } from './schema.ts';
import { tableLayoutSchema } from './table-layout.ts';

/** Most views a source may have, and most characters of a view's name. */
export const VIEW_LIMITS = { views: 200, nameLength: 120 } as const;

/** Names of ranges that move with the clock: what they mean is told anew whenever the view is applied. */
const MOVING_RANGE =
  /^(?:today|yesterday|(?:last|past)\s+(?:\d{1,6}\s+)?(?:second|minute|hour|day|week)s?|\d{1,6}\s*(?:s|m|h|d|w))$/i;

const epochUs = z.number().int().min(-Number.MAX_SAFE_INTEGER).max(Number.MAX_SAFE_INTEGER);

/** The range of a saved view: one that moves with the clock ("Last 7 days"), or two moments that stay. */
export const savedRangeSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('moving'),
    text: z.string().max(64).regex(MOVING_RANGE, 'must be a range such as "Last 7 days" or "today"'),
  }),
  z
    .strictObject({ kind: z.literal('fixed'), fromUs: epochUs.nullable(), toUs: epochUs.nullable() })
    .refine(({ fromUs, toUs }) => fromUs === null || toUs === null || fromUs <= toUs, {
      path: ['toUs'],
      message: 'must not lie before fromUs',
    }),
]);
export type SavedRange = z.infer<typeof savedRangeSchema>;

/** True for the name of a range that moves with the clock. */
export function isMovingRange(name: string): boolean {
  return MOVING_RANGE.test(name);
}

/** The name of a view: without white space around it, never empty. */
export const viewNameSchema = z.string().trim().min(1).max(VIEW_LIMITS.nameLength);

/** A filter without its range, which is kept apart: it may move with the clock. */
export const savedFilterSchema = entryFilterSchema.omit({ range: true });

/** What a view shows, without the name that the source knows it by. */
export const viewContentSchema = z.strictObject({
  filter: savedFilterSchema,
  sort: sortSchema,
  range: savedRangeSchema,
  /** null (and a view of an earlier version that does not say) leaves the table's columns as they are. */
  columns: tableLayoutSchema.nullable().default(null),
});
export type ViewContent = z.infer<typeof viewContentSchema>;

/** A saved view. */
export const savedViewSchema = z.strictObject({ viewId: z.uuid(), name: viewNameSchema, content: viewContentSchema });
export type SavedView = z.infer<typeof savedViewSchema>;

/** Names the form of the text that views travel in. */
const VIEWS_FORMAT = 'audit-desk-views';

/** Views as they travel from one desk to another: JSON, without ids. */
export const viewsFileSchema = z.strictObject({
  format: z.literal(VIEWS_FORMAT),
  version: z.literal(1),
  views: z
    .array(z.strictObject({ name: viewNameSchema, content: viewContentSchema }))
    .min(1)
    .max(VIEW_LIMITS.views),
});

/** Views as text to be kept or handed on. */
export function printViews(views: readonly Pick<SavedView, 'name' | 'content'>[]): string {
  const file = {
    format: VIEWS_FORMAT,
    version: 1,
    views: views.map(({ name, content }) => ({ name, content })),
  };
  return `${JSON.stringify(file, null, 2)}\n`;
}

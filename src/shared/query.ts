/**
 * What can be asked of a log: a range of time, a filter, a sort, a page. One vocabulary for the window, the command line and
 * the catalog.
 */
import { z } from './schema.ts';

/** Largest page a single call may ask for. */
export const MAX_PAGE_LIMIT = 1000;

const epochUs = z.number().int().min(-Number.MAX_SAFE_INTEGER).max(Number.MAX_SAFE_INTEGER);

/** A span of time in microseconds since the epoch, UTC, both ends inclusive; null leaves an end open. */
export const dateRangeSchema = z.strictObject({ fromUs: epochUs.nullable(), toUs: epochUs.nullable() });
export type DateRange = z.infer<typeof dateRangeSchema>;

/** The range that excludes nothing. */
export const ALL_TIME: DateRange = { fromUs: null, toUs: null };

/** Most parts of one kind that a filter may have, and most characters of a text in it. */
export const FILTER_LIMITS = {
  terms: 64,
  values: 1000,
  valueLength: 4096,
  keyLength: 256,
  numbers: 16,
  texts: 16,
  textLength: 1024,
} as const;

/** Fields that a {@link TermFilter} and a facet can name. `status` is `passed` or `blocked`, told by `safety_passed`. */
export const TERM_FIELDS = [
  'status',
  'provider',
  'model',
  'conversation_id',
  'detectors_triggered',
  'alerts',
  'block_reason',
  'input_kind',
  'output_kind',
] as const;

/** A field of {@link TERM_FIELDS}, or `metadata.KEY` for a top-level metadata key. */
export const termFieldSchema = z.union([
  z.enum(TERM_FIELDS),
  z.custom<`metadata.${string}`>(
    (value) =>
      typeof value === 'string' &&
      value.startsWith('metadata.') &&
      value.length > 9 &&
      value.length <= 9 + FILTER_LIMITS.keyLength,
    'must be a known field or metadata.KEY',
  ),
]);
export type TermField = z.infer<typeof termFieldSchema>;

/** Fields that hold one of a few values, every entry one. */
export const CLOSED_FIELDS = {
  status: ['passed', 'blocked'],
  input_kind: ['none', 'plain', 'encrypted'],
  output_kind: ['none', 'plain', 'encrypted'],
} as const satisfies Partial<Record<TermField, readonly string[]>>;

/** The values that a field of {@link CLOSED_FIELDS} can have; null where any text can stand. */
export function closedValues(field: string): readonly string[] | null {
  return Object.hasOwn(CLOSED_FIELDS, field) ? CLOSED_FIELDS[field as keyof typeof CLOSED_FIELDS] : null;
}

/** Keeps (or with `exclude` drops) entries whose field is any of `values`; null stands for "not recorded". */
export const termFilterSchema = z
  .strictObject({
    field: termFieldSchema,
    values: z.array(z.string().max(FILTER_LIMITS.valueLength).nullable()).min(1).max(FILTER_LIMITS.values),
    exclude: z.boolean(),
  })
  .refine(
    ({ field, values }) => {
      const closed = closedValues(field);
      return closed === null || values.every((value) => value !== null && closed.includes(value));
    },
    { path: ['values'], message: 'must be values that the field can have' },
  );
export type TermFilter = z.infer<typeof termFilterSchema>;

/** Numeric fields that can be bounded. */
export const NUMBER_FIELDS = ['latency_ms', 'input_tokens', 'output_tokens'] as const;
export type NumberField = (typeof NUMBER_FIELDS)[number];

/** Keeps entries whose number lies within, both ends inclusive; null leaves an end open. */
export const numberFilterSchema = z
  .strictObject({
    field: z.enum(NUMBER_FIELDS),
    min: z.number().nullable(),
    max: z.number().nullable(),
  })
  .refine(({ min, max }) => min === null || max === null || min <= max, {
    path: ['max'],
    message: 'must not be less than min',
  });
export type NumberFilter = z.infer<typeof numberFilterSchema>;

/** Everything that narrows a view. All parts must hold. */
export const entryFilterSchema = z.strictObject({
  range: dateRangeSchema,
  terms: z.array(termFilterSchema).max(FILTER_LIMITS.terms),
  numbers: z.array(numberFilterSchema).max(FILTER_LIMITS.numbers),
  /** Each must occur, ignoring case, in the id, the conversation id, the block reason or the metadata. */
  text: z.array(z.string().min(1).max(FILTER_LIMITS.textLength)).max(FILTER_LIMITS.texts),
  /** SHA-256 in lower-case hex that must equal the input or the output hash; null asks nothing. */
  contentHash: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .nullable(),
});
export type EntryFilter = z.infer<typeof entryFilterSchema>;

/** The filter that excludes nothing. */
export const NO_FILTER: EntryFilter = { range: ALL_TIME, terms: [], numbers: [], text: [], contentHash: null };

/** Columns a view can be sorted by. Ties keep the order of time, then of file and offset. */
export const SORT_FIELDS = [
  'timestamp',
  'provider',
  'model',
  'status',
  'detectors_triggered',
  'conversation_id',
  'latency_ms',
  'input_tokens',
  'output_tokens',
] as const;
export const sortSchema = z.strictObject({ field: z.enum(SORT_FIELDS), direction: z.enum(['asc', 'desc']) });
export type Sort = z.infer<typeof sortSchema>;

/** Newest first: how the window opens a log. */
export const NEWEST_FIRST: Sort = { field: 'timestamp', direction: 'desc' };

/** A filter and an order: what the table shows. */
export const entryQuerySchema = z.strictObject({ filter: entryFilterSchema, sort: sortSchema });
export type EntryQuery = z.infer<typeof entryQuerySchema>;

/** A window onto an ordered result: `offset` rows are skipped, at most `limit` returned. */
export const pageSchema = z.strictObject({
  offset: z.number().int().min(0),
  limit: z.number().int().min(1).max(MAX_PAGE_LIMIT),
});
export type Page = z.infer<typeof pageSchema>;

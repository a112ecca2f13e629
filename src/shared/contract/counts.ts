/** Entries in numbers: facets, spreads, the timeline, the charts, days and counts. */

import type { Coverage } from '../coverage.ts';
import { entryFilterSchema, NUMBER_FIELDS, type TermField, termFieldSchema } from '../query.ts';
import { z } from '../schema.ts';
import type { Statistics } from '../statistics.ts';
import type { MetadataKey, NumberSpread } from '../summaries.ts';
import { ofSource, operation, sourceId } from './operation.ts';

export interface FacetValue {
  /** null stands for "not recorded". */
  readonly value: string | null;
  readonly count: number;
}

/** Values of one field with their counts, largest first. A field's own terms do not narrow its counts; every other part does. */
export interface Facet {
  readonly field: TermField;
  readonly values: readonly FacetValue[];
  /** Distinct values there are; more than `values` holds when cut. */
  readonly distinct: number;
}

export interface HistogramBucket {
  readonly startUs: number;
  readonly passed: number;
  readonly blocked: number;
}

export interface Histogram {
  readonly bucketUs: number;
  readonly buckets: readonly HistogramBucket[];
  readonly coverage: Coverage;
}

export interface RetentionDay {
  /** `YYYY-MM-DD`, UTC. */
  readonly day: string;
  readonly entries: number;
}

/** Operations that answer numbers over many entries. */
export const countOperations = {
  'entries.facets': operation(
    z.strictObject({
      sourceId,
      filter: entryFilterSchema,
      fields: z.array(termFieldSchema).min(1).max(32),
      limit: z.number().int().min(1).max(1000),
      /** Only values that hold this text, ignoring case. */
      contains: z.string().min(1).max(256).optional(),
    }),
  ).returns<readonly Facet[]>(),
  /** How numbers are spread, field by field. */
  'entries.spreads': operation(
    z.strictObject({ sourceId, filter: entryFilterSchema, fields: z.array(z.enum(NUMBER_FIELDS)).min(1).max(8) }),
  ).returns<readonly NumberSpread[]>(),
  /** Keys of the metadata in the whole log, the most frequent first, 500 at most. */
  'entries.metadataKeys': operation(ofSource).returns<readonly MetadataKey[]>(),
  /** How many entries match each of several filters: which part of a filter excludes most. */
  'entries.counts': operation(
    z.strictObject({ sourceId, filters: z.array(entryFilterSchema).min(1).max(128) }),
  ).returns<readonly number[]>(),
  'entries.histogram': operation(
    z.strictObject({ sourceId, filter: entryFilterSchema, buckets: z.number().int().min(1).max(2000) }),
  ).returns<Histogram>(),
  /** What the charts show: volume, blocks, latency, detectors and tokens of a view. */
  'entries.statistics': operation(
    z.strictObject({ sourceId, filter: entryFilterSchema, buckets: z.number().int().min(1).max(500) }),
  ).returns<Statistics>(),
  /** Days of a span that have entries, for the calendar. */
  'entries.days': operation(ofSource).returns<readonly RetentionDay[]>(),
} as const;

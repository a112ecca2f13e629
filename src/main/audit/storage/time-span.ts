/** Spans of time as callers write them, in microseconds. */
import { AuditError } from '../../../shared/errors.ts';
import { parseTimestamp, US_PER_DAY } from '../../../shared/timestamp.ts';
import type { Moment, TimeSpan } from './storage-backend.ts';

/** A span in microseconds since the epoch, both ends inclusive; open ends are infinite. */
export interface SpanUs {
  readonly fromUs: number;
  readonly toUs: number;
}

/** A span that nothing lies in. */
export const NO_TIME: SpanUs = { fromUs: Number.POSITIVE_INFINITY, toUs: Number.NEGATIVE_INFINITY };

function momentUs(moment: Moment, edge: 'start' | 'end'): number {
  if (moment instanceof Date) {
    const epochMs = moment.getTime();
    if (!Number.isNaN(epochMs)) return epochMs * 1000;
  } else if (/^\d{4}-\d\d-\d\d$/.test(moment)) {
    const midnightUs = parseTimestamp(`${moment}T00:00:00`);
    if (midnightUs !== null) return edge === 'start' ? midnightUs : midnightUs + US_PER_DAY - 1;
  } else {
    const epochUs = parseTimestamp(moment);
    if (epochUs !== null) return epochUs;
  }
  throw new AuditError(
    'invalid_argument',
    `The ${edge} of the range is not an ISO 8601 time. Write it like 2026-01-28T10:00:00.`,
  );
}

/**
 * A span in microseconds. A bare date (`2026-01-28`) begins at its midnight and ends with its last microsecond, UTC.
 * `invalid_argument` for what is no time, `invalid_range` for a span that ends before it begins.
 */
export function spanUs(span: TimeSpan = {}): SpanUs {
  const { start = null, end = null } = span;
  const fromUs = start === null ? Number.NEGATIVE_INFINITY : momentUs(start, 'start');
  const toUs = end === null ? Number.POSITIVE_INFINITY : momentUs(end, 'end');
  if (toUs < fromUs) throw new AuditError('invalid_range', 'The range ends before it begins.');
  return { fromUs, toUs };
}

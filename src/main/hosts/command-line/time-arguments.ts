/** `--from` and `--to`. */
import { AuditError } from '../../../shared/errors.ts';
import type { DateRange } from '../../../shared/query.ts';
import { parseTimestamp, US_PER_DAY } from '../../../shared/timestamp.ts';
import { wrongUsage } from './failure.ts';

const BARE_DATE = /^\d{4}-\d\d-\d\d$/;

/** A moment as a person writes it: a bare date is that day's beginning, or with `endOfDay` its last microsecond. */
export function parseMoment(text: string, option: string, endOfDay: boolean): number {
  const bare = BARE_DATE.test(text);
  const epochUs = parseTimestamp(bare ? `${text}T00:00:00` : text);
  if (epochUs === null) {
    throw wrongUsage(
      `${option} takes a date (2026-01-28) or a time (2026-01-28T10:00:00, UTC without a zone), not ${JSON.stringify(text)}.`,
    );
  }
  return bare && endOfDay ? epochUs + US_PER_DAY - 1 : epochUs;
}

/** The range of `--from` and `--to`, both ends inclusive. `invalid_range` where it ends before it begins. */
export function parseRange(from: string | undefined, to: string | undefined): DateRange {
  const fromUs = from === undefined ? null : parseMoment(from, '--from', false);
  const toUs = to === undefined ? null : parseMoment(to, '--to', true);
  if (fromUs !== null && toUs !== null && toUs < fromUs) {
    throw new AuditError('invalid_range', `The range ends before it begins: --from ${from} --to ${to}.`);
  }
  return { fromUs, toUs };
}

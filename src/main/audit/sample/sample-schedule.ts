/** When things happen in a sample log: a rhythm of hours and weekdays. */
import { US_PER_DAY } from '../../../shared/timestamp.ts';
import type { SeededRandom } from './seeded-random.ts';

const US_PER_HOUR = US_PER_DAY / 24;

/** How busy each hour of the day is, UTC. */
const HOURS = [1, 1, 1, 1, 2, 4, 12, 35, 80, 100, 96, 74, 58, 82, 94, 90, 70, 40, 18, 10, 7, 5, 3, 2];
/** How busy each day of the week is, Sunday first. */
const WEEKDAYS = [0.14, 1, 1.08, 1.05, 1.02, 0.86, 0.2];

/** One day of the log and how many entries it gets. */
export interface SampleDay {
  /** Its midnight, microseconds since the epoch. */
  readonly startUs: number;
  /** Nothing happens after it: the day's last microsecond, or the end of the log. */
  readonly endUs: number;
  readonly entries: number;
}

/** Spreads entries over the days (UTC) that end with the one of `untilUs`, by weekday and a little chance. */
export function planDays(entries: number, days: number, untilUs: number, random: SeededRandom): readonly SampleDay[] {
  const lastStartUs = Math.floor(untilUs / US_PER_DAY) * US_PER_DAY;
  const spans = Array.from({ length: days }, (_, index) => {
    const startUs = lastStartUs - (days - 1 - index) * US_PER_DAY;
    const endUs = Math.min(startUs + US_PER_DAY - 1, untilUs);
    const weekday = WEEKDAYS[(((startUs / US_PER_DAY + 4) % 7) + 7) % 7] ?? 1;
    return { startUs, endUs, weight: weekday * (0.85 + 0.3 * random.fraction()) * busyness(endUs - startUs + 1) };
  });
  const total = spans.reduce((sum, { weight }) => sum + weight, 0);
  let weightSoFar = 0;
  let given = 0;
  return spans.map(({ startUs, endUs, weight }) => {
    weightSoFar += weight;
    const share = Math.round((weightSoFar / total) * entries) - given;
    given += share;
    return { startUs, endUs, entries: share };
  });
}

/** How much of a day's business has happened after so many microseconds of it. */
function busyness(elapsedUs: number): number {
  return HOURS.reduce(
    (sum, weight, hour) => sum + weight * Math.min(1, Math.max(0, elapsedUs / US_PER_HOUR - hour)),
    0,
  );
}

/** A moment of a day, as likely as its hour is busy. */
export function momentOf({ startUs, endUs }: SampleDay, random: SeededRandom): number {
  for (;;) {
    const offsetUs = Math.floor((random.weighted(HOURS) + random.fraction()) * US_PER_HOUR);
    // A day that has just begun has few moments: any of them then.
    const limitUs = endUs - startUs + 1;
    if (offsetUs < limitUs) return startUs + offsetUs;
    if (limitUs < US_PER_HOUR) return startUs + random.below(limitUs);
  }
}

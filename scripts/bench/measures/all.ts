/** Every measure, in the order in which it is taken. */
import type { Measure } from '../measure.ts';
import { appendEntries } from './append-entries.ts';
import { changeFilter } from './change-filter.ts';
import { cleanUp } from './clean-up.ts';
import { decryptTokens } from './decrypt-tokens.ts';
import { fetchPages } from './fetch-pages.ts';
import { flingRows } from './fling-rows.ts';
import { followAppends } from './follow-appends.ts';
import { indexLog } from './index-log.ts';
import { listDay } from './list-day.ts';
import { openCold } from './open-cold.ts';
import { openEntry } from './open-entry.ts';
import { readBucket } from './read-bucket.ts';
import { reopenLog } from './reopen-log.ts';
import { searchRevealed } from './search-revealed.ts';
import { startToUsable } from './start-desk.ts';
import { memory } from './watch-memory.ts';

export const MEASURES: readonly Measure[] = [
  openCold,
  indexLog,
  reopenLog,
  followAppends,
  fetchPages,
  changeFilter,
  openEntry,
  listDay,
  appendEntries,
  cleanUp,
  decryptTokens,
  searchRevealed,
  memory,
  flingRows,
  startToUsable,
  readBucket,
];

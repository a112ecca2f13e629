/** Every measure, in the order in which it is taken. */
import type { Measure } from '../measure.ts';
import { appendEntries } from './append-entries.ts';
import { changeFilter } from './change-filter.ts';
import { cleanUp } from './clean-up.ts';
import { decryptTokens } from './decrypt-tokens.ts';
import { fetchPages } from './fetch-pages.ts';
import { indexLog } from './index-log.ts';
import { listDay } from './list-day.ts';
import { openEntry } from './open-entry.ts';
import { readBucket } from './read-bucket.ts';
import { reopenLog } from './reopen-log.ts';
import { searchRevealed } from './search-revealed.ts';
import { memory } from './watch-memory.ts';

export const MEASURES: readonly Measure[] = [
  indexLog,
  reopenLog,
  fetchPages,
  changeFilter,
  openEntry,
  listDay,
  appendEntries,
  cleanUp,
  decryptTokens,
  searchRevealed,
  memory,
  readBucket,
];

/** Every line of the suite, in the order of docs/reliability.md. */
import { appendAtSizeLimit, appendFullDisk } from './lines/append-full-disk.ts';
import { appendKilled } from './lines/append-killed.ts';
import { appendPowerCut } from './lines/append-power-cut.ts';
import { appendRefused } from './lines/append-refused.ts';
import { appendSyncFails } from './lines/append-sync-fails.ts';
import { appendTornTail } from './lines/append-torn-tail.ts';
import { cleanupCutoff, cleanupWritesOnce } from './lines/cleanup-cutoff.ts';
import { dayNames } from './lines/day-names.ts';
import { fuzzedLines } from './lines/fuzzed-lines.ts';
import { keptLines } from './lines/kept-lines.ts';
import { rewriteCut, rewriteKilled } from './lines/rewrite-killed.ts';
import { rewriteKilledLate } from './lines/rewrite-killed-late.ts';
import { rewriteRaces } from './lines/rewrite-races.ts';
import { rotationKilled } from './lines/rotation-killed.ts';
import { writersBesidePython, writersRotate } from './lines/several-writers.ts';
import type { Scenario } from './scenario.ts';

export const SCENARIOS: readonly Scenario[] = [
  appendKilled,
  appendPowerCut,
  appendSyncFails,
  appendFullDisk,
  appendAtSizeLimit,
  appendTornTail,
  appendRefused,
  writersRotate,
  writersBesidePython,
  rotationKilled,
  dayNames,
  rewriteKilled,
  rewriteCut,
  rewriteRaces,
  rewriteKilledLate,
  keptLines,
  cleanupCutoff,
  cleanupWritesOnce,
  fuzzedLines,
];

/** Every line of the suite, in the order of docs/reliability.md. */
import { appendAtSizeLimit, appendFullDisk } from './lines/append-full-disk.ts';
import { appendKilled } from './lines/append-killed.ts';
import { appendTornTail } from './lines/append-torn-tail.ts';
import { rewriteKilled } from './lines/rewrite-killed.ts';
import { rewriteKilledLate } from './lines/rewrite-killed-late.ts';
import { rewriteRaces } from './lines/rewrite-races.ts';
import { writersBesidePython, writersRotate } from './lines/several-writers.ts';
import type { Scenario } from './scenario.ts';

export const SCENARIOS: readonly Scenario[] = [
  appendKilled,
  appendFullDisk,
  appendAtSizeLimit,
  appendTornTail,
  writersRotate,
  writersBesidePython,
  rewriteKilled,
  rewriteRaces,
  rewriteKilledLate,
];

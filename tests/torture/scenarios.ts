/** Every line of the suite, in the order of docs/reliability.md. */
import { appendAtSizeLimit, appendFullDisk } from './lines/append-full-disk.ts';
import { appendKilled } from './lines/append-killed.ts';
import { appendTornTail } from './lines/append-torn-tail.ts';
import { writersBesidePython, writersRotate } from './lines/several-writers.ts';
import type { Scenario } from './scenario.ts';

export const SCENARIOS: readonly Scenario[] = [
  appendKilled,
  appendFullDisk,
  appendAtSizeLimit,
  appendTornTail,
  writersRotate,
  writersBesidePython,
];

/** Every line of the suite, in the order of docs/reliability.md. */
import { appendAtSizeLimit, appendFullDisk } from './lines/append-full-disk.ts';
import { appendKilled } from './lines/append-killed.ts';
import { appendPowerCut } from './lines/append-power-cut.ts';
import { appendRefused } from './lines/append-refused.ts';
import { appendSyncFails } from './lines/append-sync-fails.ts';
import { appendTornTail } from './lines/append-torn-tail.ts';
import { awkwardLines } from './lines/awkward-lines.ts';
import { bucketDeletion } from './lines/bucket-deletion.ts';
import { bucketFailures } from './lines/bucket-failures.ts';
import { bucketIds } from './lines/bucket-ids.ts';
import { bucketListing } from './lines/bucket-listing.ts';
import { bucketBreaks, bucketBusy } from './lines/bucket-writes.ts';
import { cleanupCutoff, cleanupWritesOnce } from './lines/cleanup-cutoff.ts';
import { dayNames } from './lines/day-names.ts';
import { exportedCells, exportedFiles, exportedLines } from './lines/exports.ts';
import { changedTokens, fernetBesidePython, fernetVectors, severalKeys } from './lines/fernet-tokens.ts';
import { fuzzedLines } from './lines/fuzzed-lines.ts';
import { hostileCalls } from './lines/hostile-calls.ts';
import { injectedTexts } from './lines/injected-texts.ts';
import { keptLines } from './lines/kept-lines.ts';
import { plantedSecrets } from './lines/planted-secrets.ts';
import { rewriteCut, rewriteKilled } from './lines/rewrite-killed.ts';
import { rewriteKilledLate } from './lines/rewrite-killed-late.ts';
import { rewriteRaces } from './lines/rewrite-races.ts';
import { rotationKilled } from './lines/rotation-killed.ts';
import { settingsKilled } from './lines/settings-killed.ts';
import { writersBesidePython, writersRotate } from './lines/several-writers.ts';
import { soak } from './lines/soak.ts';
import { twoDesks } from './lines/two-desks.ts';
import { webHostRequests } from './lines/web-host-requests.ts';
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
  awkwardLines,
  fuzzedLines,
  bucketBusy,
  bucketBreaks,
  bucketDeletion,
  bucketListing,
  bucketFailures,
  bucketIds,
  fernetVectors,
  fernetBesidePython,
  changedTokens,
  severalKeys,
  hostileCalls,
  webHostRequests,
  injectedTexts,
  exportedCells,
  exportedLines,
  exportedFiles,
  plantedSecrets,
  settingsKilled,
  twoDesks,
  soak,
];

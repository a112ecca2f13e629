import { cleanupCutoff, cleanupWritesOnce } from './lines/cleanup-cutoff.ts';
import { keptLines } from './lines/kept-lines.ts';
import { rewriteCut, rewriteKilled } from './lines/rewrite-killed.ts';
import { rewriteKilledLate } from './lines/rewrite-killed-late.ts';
import { rewriteRaces } from './lines/rewrite-races.ts';
import { tortureTests } from './torture-tests.ts';

tortureTests('deleting', [
  rewriteKilled,
  rewriteCut,
  rewriteRaces,
  rewriteKilledLate,
  keptLines,
  cleanupCutoff,
  cleanupWritesOnce,
]);

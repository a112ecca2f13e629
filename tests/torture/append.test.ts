import { appendAtSizeLimit, appendFullDisk } from './lines/append-full-disk.ts';
import { appendKilled } from './lines/append-killed.ts';
import { appendPowerCut } from './lines/append-power-cut.ts';
import { appendRefused } from './lines/append-refused.ts';
import { appendSyncFails } from './lines/append-sync-fails.ts';
import { appendTornTail } from './lines/append-torn-tail.ts';
import { tortureTests } from './torture-tests.ts';

tortureTests('appending', [
  appendKilled,
  appendPowerCut,
  appendSyncFails,
  appendFullDisk,
  appendAtSizeLimit,
  appendTornTail,
  appendRefused,
]);

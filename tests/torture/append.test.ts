import { appendAtSizeLimit, appendFullDisk } from './lines/append-full-disk.ts';
import { appendKilled } from './lines/append-killed.ts';
import { appendTornTail } from './lines/append-torn-tail.ts';
import { tortureTests } from './torture-tests.ts';

tortureTests('appending', [appendKilled, appendFullDisk, appendAtSizeLimit, appendTornTail]);

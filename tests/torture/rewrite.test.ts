import { rewriteKilled } from './lines/rewrite-killed.ts';
import { rewriteKilledLate } from './lines/rewrite-killed-late.ts';
import { rewriteRaces } from './lines/rewrite-races.ts';
import { tortureTests } from './torture-tests.ts';

tortureTests('deleting', [rewriteKilled, rewriteRaces, rewriteKilledLate]);

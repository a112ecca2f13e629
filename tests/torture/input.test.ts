import { fuzzedLines } from './lines/fuzzed-lines.ts';
import { tortureTests } from './torture-tests.ts';

tortureTests('reading', [fuzzedLines]);

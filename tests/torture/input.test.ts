import { awkwardLines } from './lines/awkward-lines.ts';
import { fuzzedLines } from './lines/fuzzed-lines.ts';
import { tortureTests } from './torture-tests.ts';

tortureTests('reading', [awkwardLines, fuzzedLines]);

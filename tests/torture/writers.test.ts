import { dayNames } from './lines/day-names.ts';
import { rotationKilled } from './lines/rotation-killed.ts';
import { writersBesidePython, writersRotate } from './lines/several-writers.ts';
import { tortureTests } from './torture-tests.ts';

tortureTests('several writers', [writersRotate, writersBesidePython, rotationKilled, dayNames]);

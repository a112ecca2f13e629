import { writersBesidePython, writersRotate } from './lines/several-writers.ts';
import { tortureTests } from './torture-tests.ts';

tortureTests('several writers', [writersRotate, writersBesidePython]);

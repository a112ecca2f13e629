import { exportedCells, exportedFiles, exportedLines } from './lines/exports.ts';
import { settingsKilled } from './lines/settings-killed.ts';
import { soak } from './lines/soak.ts';
import { twoDesks } from './lines/two-desks.ts';
import { tortureTests } from './torture-tests.ts';

tortureTests('the desk', [exportedCells, exportedLines, exportedFiles, settingsKilled, twoDesks, soak]);

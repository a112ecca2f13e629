/** Saves settings again and again and prints which it has saved. Files are made with no mask at all: modes are the program's own. */
import { writeSync } from 'node:fs';
import { openSettings } from '../../../src/main/desk/settings.ts';

/** What the program is told. */
export interface SaveSettingsInput {
  readonly folder: string;
  /** Saved in turn. */
  readonly timeZones: readonly string[];
}

const { folder, timeZones } = JSON.parse(process.argv[2] ?? '') as SaveSettingsInput;
process.umask(0);
const settings = await openSettings(folder);
for (let round = 0; ; round += 1) {
  const timeZone = timeZones[round % timeZones.length] ?? 'UTC';
  await settings.update((value) => ({ ...value, timeZone }));
  writeSync(1, `${timeZone}\n`);
}

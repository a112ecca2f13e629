/** Appends so many entries a second until it is told to end, and prints each id once it is acknowledged. */
import { writeSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { FileStorage } from '../../../src/main/audit/storage/file-storage.ts';
import { formatTimestamp } from '../../../src/shared/timestamp.ts';
import { sampleEntry } from '../support/sample-entry.ts';

/** What the program is told. */
export interface AppendSteadilyInput {
  readonly folder: string;
  readonly perSecond: number;
  readonly contentBytes: number;
}

const TICK_MS = 100;

const { folder, perSecond, contentBytes } = JSON.parse(process.argv[2] ?? '') as AppendSteadilyInput;
const storage = new FileStorage(folder, { rotationSizeMb: 8 });
const begunMs = Date.now();
let isAsked = true;
process.on('SIGTERM', () => {
  isAsked = false;
});
for (let written = 0; isAsked; ) {
  const due = Math.floor(((Date.now() - begunMs) / 1000) * perSecond);
  const writes = Array.from({ length: due - written }, async (_, index) => {
    const id = `s-${written + index}`;
    await storage.write(sampleEntry(id, contentBytes, formatTimestamp(Date.now() * 1000 + index)));
    return id;
  });
  written = due;
  for (const id of await Promise.all(writes)) writeSync(1, `${id}\n`);
  await delay(TICK_MS);
}

/** Writes entries through a FileStorage and prints each id once it is acknowledged, or the code of what it failed with. */
import { writeSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { FileStorage } from '../../../src/main/audit/storage/file-storage.ts';
import { isAuditError } from '../../../src/shared/errors.ts';
import { sampleEntry } from '../support/sample-entry.ts';
import { waitForGo } from '../support/wait-for-go.ts';

/** What the program is told. */
export interface WriteEntriesInput {
  readonly folder: string;
  readonly count: number;
  /** Beginning of every id. */
  readonly prefix: string;
  readonly rotationSizeMb?: number;
  readonly callers?: number;
  /** Bytes of content of the largest entry; sizes go up to it and begin anew. */
  readonly contentBytes?: number;
  readonly durable?: boolean;
  /** Rest of each caller between two entries. */
  readonly pauseMs?: number;
  /** Goes on after a failure and prints `! code`; else the first failure ends the program. */
  readonly goesOn?: boolean;
}

const input = JSON.parse(process.argv[2] ?? '') as WriteEntriesInput;
const { folder, count, prefix, rotationSizeMb = 100, callers = 8, contentBytes = 0, durable = true } = input;
// Noon of 2026-05-04: every program here writes on the same day.
const storage = new FileStorage(folder, { rotationSizeMb, durable, clock: () => 1_777_896_000_000_000 });
let next = 0;

async function writeSome(): Promise<void> {
  while (next < count) {
    const id = `${prefix}-${next}`;
    const size = contentBytes === 0 ? 0 : (next * 7919) % contentBytes;
    next += 1;
    try {
      await storage.write(sampleEntry(id, size));
    } catch (error) {
      if (input.goesOn !== true) throw error;
      writeSync(1, `! ${isAuditError(error) ? error.code : String(error)}\n`);
      continue;
    }
    // Not console.log: what was acknowledged must be out before this process is killed.
    writeSync(1, `${id}\n`);
    if (input.pauseMs !== undefined) await delay(input.pauseMs);
  }
}

waitForGo();
await Promise.all(Array.from({ length: callers }, writeSome));

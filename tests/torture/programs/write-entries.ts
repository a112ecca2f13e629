/** Writes entries through a FileStorage and prints each id once it is acknowledged, or the code of what it failed with. */
import { closeSync, openSync, writeSync } from 'node:fs';
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
  /** Writes as a user who owns nothing. */
  readonly asNobody?: boolean;
  /** Opens files until no more can be, and lets them go before the last entry. */
  readonly withoutHandles?: boolean;
  /** Goes on after a failure and prints `! code` with what it says; else the first failure ends the program. */
  readonly goesOn?: boolean;
}

const input = JSON.parse(process.argv[2] ?? '') as WriteEntriesInput;
const { folder, count, prefix, rotationSizeMb = 100, callers = 8, contentBytes = 0, durable = true } = input;
// Noon of 2026-05-04: every program here writes on the same day.
const storage = new FileStorage(folder, { rotationSizeMb, durable, clock: () => 1_777_896_000_000_000 });
let next = 0;
const held: number[] = [];

/** Takes every file handle there is. */
function takeHandles(): void {
  try {
    for (;;) held.push(openSync('/dev/null', 'r'));
  } catch {
    // There are none left: what was wanted.
  }
}

if (input.asNobody === true) {
  process.setegid?.(65534);
  process.seteuid?.(65534);
}
if (input.withoutHandles === true) takeHandles();

async function writeSome(): Promise<void> {
  while (next < count) {
    const id = `${prefix}-${next}`;
    const size = contentBytes === 0 ? 0 : (next * 7919) % contentBytes;
    next += 1;
    if (next === count) for (const handle of held.splice(0)) closeSync(handle);
    try {
      await storage.write(sampleEntry(id, size));
    } catch (error) {
      if (input.goesOn !== true) throw error;
      const { message } = error as Error;
      const isExplained = isAuditError(error) && error.code === 'writer_stopped';
      writeSync(1, `! ${isAuditError(error) ? error.code : message}${isExplained ? ` ${message}` : ''}\n`);
      continue;
    }
    // Not console.log: what was acknowledged must be out before this process is killed.
    writeSync(1, `${id}\n`);
    if (input.pauseMs !== undefined) await delay(input.pauseMs);
  }
}

await waitForGo();
await Promise.all(Array.from({ length: callers }, writeSome));

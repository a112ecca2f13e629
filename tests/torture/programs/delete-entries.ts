/** Deletes entries from a folder and prints how many went. */
import { writeSync } from 'node:fs';
import { FileStorage } from '../../../src/main/audit/storage/file-storage.ts';
import { waitForGo } from '../support/wait-for-go.ts';

/** What the program is told. */
export interface DeleteEntriesInput {
  readonly folder: string;
  readonly ids: readonly string[];
}

const { folder, ids } = JSON.parse(process.argv[2] ?? '') as DeleteEntriesInput;
waitForGo();
const { removed } = await new FileStorage(folder).deleteMany({ ids: new Set(ids) });
writeSync(1, `${removed}\n`);

/** Deletes entries from a folder and prints how many went. */
import { writeSync } from 'node:fs';
import { FileStorage } from '../../../src/main/audit/storage/file-storage.ts';
import { waitForGo } from '../support/wait-for-go.ts';

/** What the program is told. */
export interface DeleteEntriesInput {
  readonly folder: string;
  readonly ids?: readonly string[];
  /** Instead of ids: everything up to this time. */
  readonly upToUs?: number;
}

const { folder, ids = [], upToUs } = JSON.parse(process.argv[2] ?? '') as DeleteEntriesInput;
await waitForGo();
const { removed } = await new FileStorage(folder).deleteMany(upToUs === undefined ? { ids: new Set(ids) } : { upToUs });
writeSync(1, `${removed}\n`);

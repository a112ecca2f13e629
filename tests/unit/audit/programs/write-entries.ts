/** Writes entries through a FileStorage and prints each id once it is acknowledged: FOLDER COUNT PREFIX ROTATION_MB CALLERS. */
import { writeSync } from 'node:fs';
import { FileStorage } from '../../../../src/main/audit/index.ts';
import { sampleEntry } from '../../../contract/storage-contract.ts';

const [folder = '', count = '0', prefix = '', rotationSizeMb = '100', callers = '8'] = process.argv.slice(2);
const storage = new FileStorage(folder, { rotationSizeMb: Number(rotationSizeMb) });
let next = 0;

async function writeSome(): Promise<void> {
  while (next < Number(count)) {
    const id = `${prefix}-${next}`;
    next += 1;
    await storage.write(sampleEntry({ id }));
    // Not console.log: what was acknowledged must be out before this process is killed.
    writeSync(1, `${id}\n`);
  }
}

await Promise.all(Array.from({ length: Number(callers) }, writeSome));

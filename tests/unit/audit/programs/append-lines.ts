/** Appends as the Python original does: opens the file anew for each line, writes it, closes: FILE COUNT PREFIX. */
import { closeSync, openSync, writeSync } from 'node:fs';
import { entryToJson } from '../../../../src/main/audit/index.ts';
import { sampleEntry } from '../../../contract/storage-contract.ts';

const [file = '', count = '0', prefix = ''] = process.argv.slice(2);
for (let index = 0; index < Number(count); index += 1) {
  const id = `${prefix}-${index}`;
  const fd = openSync(file, 'a');
  writeSync(fd, `${entryToJson(sampleEntry({ id }))}\n`);
  closeSync(fd);
  writeSync(1, `${id}\n`);
  if (index % 16 === 0) await new Promise((next) => setImmediate(next));
}

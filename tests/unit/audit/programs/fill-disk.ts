/** Writes entries of two kilobytes until five were refused; prints what became of each: FOLDER. */
import { FileStorage, isAuditError } from '../../../../src/main/audit/index.ts';
import { sampleEntry } from '../../../contract/storage-contract.ts';

const [folder = ''] = process.argv.slice(2);
const storage = new FileStorage(folder);
for (let refused = 0; refused < 5; ) {
  try {
    console.log(await storage.write(sampleEntry({ input_content: 'x'.repeat(1000) })));
  } catch (error) {
    refused += 1;
    console.log(isAuditError(error) ? error.code : String(error));
  }
}

/**
 * Another program that writes to a log: opens the file anew for each line and appends it with one write, as the Python original
 * does. Runs by fork: `append-lines.ts FILE`, a message `{ lines }` at a time, answers `done`.
 */
import { appendFileSync } from 'node:fs';

const [file = ''] = process.argv.slice(2);
process.on('message', ({ lines }: { readonly lines: readonly string[] }) => {
  for (const line of lines) appendFileSync(file, `${line}\n`);
  process.send?.('done');
});
process.on('disconnect', () => process.exit(0));
process.send?.('ready');

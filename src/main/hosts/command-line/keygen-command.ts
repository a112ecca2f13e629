/** `audit-desk keygen`. */
import { resolve } from 'node:path';
import { generateKey, keyFingerprint } from '../../audit/index.ts';
import { writeKeyFile } from '../../desk/keys.ts';
import type { CommandContext, ExitCode } from './command-context.ts';

/** Prints a new key, or writes it to a new file (mode 0600) and prints where and its fingerprint. `file_exists` where there is one. */
export async function keygenCommand(context: CommandContext, options: { readonly out?: string }): Promise<ExitCode> {
  const key = generateKey();
  if (options.out === undefined) {
    await context.stdout.write(`${key}\n`);
    return 0;
  }
  const path = resolve(context.currentFolder, options.out);
  await writeKeyFile(path, key);
  await context.stdout.write(`${path}  fingerprint ${keyFingerprint(key)}\n`);
  return 0;
}

/** `--key-file`, which may be given several times. */
import { resolve } from 'node:path';
import { KeyRing } from '../../desk/key-ring.ts';
import { readKeyFile } from '../../desk/keys.ts';
import type { CommandContext } from './command-context.ts';

/** The keys of these files. `source_not_found`, `permission_denied`, `invalid_key`. */
export async function loadKeyFiles(context: CommandContext, paths: readonly string[]): Promise<KeyRing> {
  const ring = new KeyRing(context.now, () => undefined);
  for (const path of paths) ring.add(await readKeyFile(resolve(context.currentFolder, path)), path);
  return ring;
}

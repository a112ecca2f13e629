/** Facts about this installation that every host needs. */
import { fileURLToPath } from 'node:url';
import packageJson from '../../../package.json' with { type: 'json' };

/** Version of the product. */
export const APPLICATION_VERSION: string = packageJson.version;

/**
 * Absolute path of a built file, named as it lies in `out/`. Bundled code lies in `out/main` or `out/main/chunks`, so it looks for
 * the folder `out` above itself.
 */
export function builtFile(...names: readonly string[]): string {
  const here = fileURLToPath(import.meta.url).replaceAll('\\', '/');
  const out = here.lastIndexOf('/out/main/');
  const root = out >= 0 ? here.slice(0, out) : here.slice(0, here.lastIndexOf('/src/main/'));
  return [root, 'out', ...names].join('/');
}

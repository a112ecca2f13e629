/** Facts about this installation that every host needs. */
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import packageJson from '../../../package.json' with { type: 'json' };

/** Version of the product. */
export const APPLICATION_VERSION: string = packageJson.version;

/** The folder that holds `package.json`. Bundled code lies in `out/main` or below it, plain code in `src/main`. */
function packageFolder(): string {
  const here = fileURLToPath(import.meta.url);
  const inside = /^(.*)[\\/](?:out|src)[\\/]main[\\/]/.exec(here)?.[1];
  return inside ?? dirname(here);
}

/** Absolute path of a built file, named as it lies in `out/`. */
export function builtFile(...names: readonly string[]): string {
  return join(packageFolder(), 'out', ...names);
}

/** Absolute path of a file of `resources/`. */
export function resourceFile(name: string): string {
  return join(packageFolder(), 'resources', name);
}

/**
 * Packages the desktop application for this platform into dist/.
 *
 *   npm run package            installers
 *   npm run package -- --dir   the unpacked application alone
 *
 * Ends with 1 and one line where something that it needs cannot be had: Electron's own distribution is downloaded, and the index's
 * native code is there for the platform that `npm ci` ran on. `ELECTRON_OVERRIDE_DIST_PATH` names a distribution that is there.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, lstatSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { build, type Configuration } from 'electron-builder';
import { PACKAGE_CONFIGURATION } from '../electron-builder.config.ts';

const ROOT = join(import.meta.dirname, '..');
const require = createRequire(import.meta.url);
const { values } = parseArgs({ options: { dir: { type: 'boolean' } } });

/** Path of an unpacked distribution of Electron for this platform; fetched where there is none, null where that fails. */
function electronDistribution(): string | null {
  const named = process.env['ELECTRON_OVERRIDE_DIST_PATH'];
  if (named) return named;
  const folder = dirname(require.resolve('electron/package.json'));
  const dist = join(folder, 'dist');
  if (existsSync(join(dist, 'version'))) return dist;
  const { status } = spawnSync(process.execPath, [join(folder, 'install.js')], { stdio: 'ignore', timeout: 300_000 });
  return status === 0 && existsSync(join(dist, 'version')) ? dist : null;
}

function missingPackages(): string | null {
  if (lstatSync(join(ROOT, 'node_modules')).isSymbolicLink())
    return 'node_modules is a link. The packager needs the folder itself.';
  const name = `@duckdb/node-bindings-${process.platform}-${process.arch}`;
  const folder = join(ROOT, 'node_modules', name);
  return existsSync(folder) ? null : `${name} is not installed. Run npm ci on the platform that is packaged.`;
}

/** Why nothing can be packaged, or null. */
function obstacleOf(distribution: string | null): string | null {
  if (distribution !== null) return missingPackages();
  const { version } = require('electron/package.json') as { readonly version: string };
  return `Electron ${version} for ${process.platform}-${process.arch} is not here and could not be downloaded. Set ELECTRON_OVERRIDE_DIST_PATH to an unpacked one.`;
}

const distribution = electronDistribution();
const obstacle = obstacleOf(distribution);
if (obstacle !== null || distribution === null) {
  console.error(`Nothing was packaged: ${obstacle}`);
  process.exitCode = 1;
} else if (spawnSync('npm', ['run', '--silent', 'build'], { cwd: ROOT, stdio: 'inherit' }).status !== 0) {
  console.error('Nothing was packaged: the build failed.');
  process.exitCode = 1;
} else {
  const config: Configuration = { ...PACKAGE_CONFIGURATION, electronDist: distribution };
  const made = await build({
    projectDir: ROOT,
    config,
    publish: 'never',
    ...(values.dir === true ? { dir: true } : {}),
  });
  for (const path of made) console.log(path);
}

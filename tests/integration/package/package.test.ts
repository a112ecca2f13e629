/** The packaged application: what the packager makes of the configuration, with a stand-in for Electron's distribution. */
import { existsSync, lstatSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { extractFile, listPackage } from '@electron/asar';
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { build } from 'electron-builder';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PACKAGE_CONFIGURATION } from '../../../electron-builder.config.ts';
import { makeElectronDistribution } from './electron-distribution.ts';

const ROOT = join(import.meta.dirname, '..', '..', '..');

/** Why nothing can be packaged here, or null. */
function obstacle(): string | null {
  if (process.platform !== 'linux') return 'the stand-in for Electron is for Linux';
  if (lstatSync(join(ROOT, 'node_modules')).isSymbolicLink())
    return 'node_modules is a link, which the packager does not follow';
  return existsSync(join(ROOT, 'out', 'main', 'index.js')) ? null : 'the product is not built: npm run build';
}

const { dependencies } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
  readonly dependencies: Readonly<Record<string, string>>;
};

const missing = obstacle();

describe.skipIf(missing !== null)(
  `the application packaged for Linux${missing === null ? '' : ` (not run: ${missing})`}`,
  () => {
    let folder: string;
    let unpacked: string;
    let archive: string;
    let packed: readonly string[];

    beforeAll(async () => {
      folder = mkdtempSync(join(tmpdir(), 'audit-desk-package-'));
      const electronDist = join(folder, 'electron');
      makeElectronDistribution(electronDist);
      const directories = { ...PACKAGE_CONFIGURATION.directories, output: join(folder, 'dist') };
      const config = { ...PACKAGE_CONFIGURATION, electronDist, directories };
      await build({ projectDir: ROOT, config, linux: ['dir'], publish: 'never' });
      unpacked = join(
        folder,
        'dist',
        readdirSync(join(folder, 'dist')).find((name) => name.endsWith('unpacked')) ?? '',
      );
      archive = join(unpacked, 'resources', 'app.asar');
      packed = listPackage(archive, { isPack: false }).map((path) => path.replace(/^\//, ''));
    }, 180_000);
    afterAll(() => rmSync(folder, { recursive: true, force: true }));

    it('holds the entry point that its own package.json names, and every file that a process or thread begins with', () => {
      const { main } = JSON.parse(extractFile(archive, 'package.json').toString()) as { readonly main: string };
      const begun = [join(main), 'out/preload/index.cjs', 'out/renderer/index.html', 'resources/icon.png'];
      const processes = ['catalog-process', 'read-worker', 'content-worker', 'cli', 'serve'].map(
        (name) => `out/main/${name}.js`,
      );
      for (const path of [...begun, ...processes]) expect(packed).toContain(path);
      for (const path of processes) expect(extractFile(archive, path).length).toBeGreaterThan(100);
    });

    it('holds every production dependency and no other kind of file', () => {
      for (const name of Object.keys(dependencies)) expect(packed).toContain(`node_modules/${name}/package.json`);
      const own = packed.filter((path) => !path.startsWith('node_modules') && /\.\w+$/.test(path));
      for (const path of own)
        expect(path).toMatch(/^(package\.json|LICENSE|out\/(main|preload|renderer)\/|resources\/icon\.png)/);
      expect(
        packed.filter((path) =>
          /\.map$|(^|[^d])\.ts$|(^|\/)fixtures(\/|$)|^tests|^src|^scripts|test-results/.test(path),
        ),
      ).toEqual([]);
      for (const name of ['electron', 'vitest', 's3rver', 'playwright', 'typescript', 'react']) {
        expect(packed).not.toContain(`node_modules/${name}/package.json`);
      }
    });

    it("leaves the index's native code beside the archive, whole, and nothing else", () => {
      const beside = readdirSync(`${archive}.unpacked`, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name).slice(`${archive}.unpacked/`.length));
      const bindings = `node_modules/@duckdb/node-bindings-${process.platform}-${process.arch}`;
      for (const path of beside) expect(path.startsWith(bindings)).toBe(true);
      for (const name of readdirSync(join(ROOT, bindings)).filter((file) => /\.(node|so)/.test(file))) {
        expect(beside).toContain(`${bindings}/${name}`);
      }
    });

    it('has its fuses set: no Node by the back door, only the archive, its cookies encrypted', async () => {
      const wire = await getCurrentFuseWire(join(unpacked, 'audit-desk'));
      const stateOf = (fuse: FuseV1Options) => FuseState[wire[fuse] as FuseState];
      expect(stateOf(FuseV1Options.RunAsNode)).toBe('DISABLE');
      expect(stateOf(FuseV1Options.EnableCookieEncryption)).toBe('ENABLE');
      expect(stateOf(FuseV1Options.EnableNodeOptionsEnvironmentVariable)).toBe('DISABLE');
      expect(stateOf(FuseV1Options.EnableNodeCliInspectArguments)).toBe('DISABLE');
      expect(stateOf(FuseV1Options.EnableEmbeddedAsarIntegrityValidation)).toBe('ENABLE');
      expect(stateOf(FuseV1Options.OnlyLoadAppFromAsar)).toBe('ENABLE');
      expect(stateOf(FuseV1Options.GrantFileProtocolExtraPrivileges)).toBe('DISABLE');
    });
  },
);

describe('the configuration of the package', () => {
  it('publishes nothing, signs for the hardened runtime, and asks macOS for no more than compiling at run time', () => {
    expect(PACKAGE_CONFIGURATION.publish).toBeNull();
    expect(PACKAGE_CONFIGURATION.mac).toMatchObject({ hardenedRuntime: true });
    const plist = readFileSync(join(ROOT, String(PACKAGE_CONFIGURATION.mac?.entitlements)), 'utf8');
    expect([...plist.matchAll(/<key>([^<]*)<\/key>/g)].map(([, key]) => key)).toEqual([
      'com.apple.security.cs.allow-jit',
    ]);
    expect(existsSync(join(ROOT, String(PACKAGE_CONFIGURATION.linux?.icon)))).toBe(true);
  });
});

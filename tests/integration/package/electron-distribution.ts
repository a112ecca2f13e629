/** A stand-in for Electron's distribution: what a packager copies, renames and flips, and nothing that runs. */
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

/** Where the fuses lie in Electron's binary. Source: electronjs.org/docs/latest/tutorial/fuses, "the hard way". */
const FUSE_SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
/** Fuses as Electron ships them, `1` on and `0` off, in the order of their numbers. */
const SHIPPED_FUSES = '101100010';

/** Makes one for Linux in this folder. */
export function makeElectronDistribution(folder: string): void {
  const { version } = createRequire(import.meta.url)('electron/package.json') as { readonly version: string };
  mkdirSync(join(folder, 'resources'), { recursive: true });
  mkdirSync(join(folder, 'locales'));
  const wire = Buffer.concat([
    Buffer.from(FUSE_SENTINEL),
    Buffer.from([1, SHIPPED_FUSES.length]),
    Buffer.from(SHIPPED_FUSES),
  ]);
  writeFileSync(
    join(folder, 'electron'),
    Buffer.concat([Buffer.from('#!/bin/false\n'), Buffer.alloc(4096), wire, Buffer.alloc(4096)]),
  );
  chmodSync(join(folder, 'electron'), 0o755);
  for (const name of ['chrome-sandbox', 'chrome_crashpad_handler', 'LICENSE', 'LICENSES.chromium.html', 'icudtl.dat']) {
    writeFileSync(join(folder, name), '');
  }
  writeFileSync(join(folder, 'version'), version);
  writeFileSync(join(folder, 'locales', 'en-US.pak'), '');
}

/**
 * Compiles assembly/line-scanner.ts into src/main/audit/reading/line-scanner-code.ts, which is kept under version control: whoever
 * builds the product needs no compiler of 100 MB. A test tells when the source was changed and not compiled.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const COMPILER = 'assemblyscript@0.28.20';
const SOURCE = 'assembly/line-scanner.ts';
const TARGET = 'src/main/audit/reading/line-scanner-code.ts';
/** Pages of 64 KiB: the scanner's own two and three blocks (line-scanner.ts beside the target). */
const PAGES = '76';

const root = join(import.meta.dirname, '..');
const folder = mkdtempSync(join(tmpdir(), 'audit-desk-scanner-'));
try {
  const code = join(folder, 'scanner.wasm');
  // Not optimized: V8 makes faster code of what binaryen leaves alone (measured: 2.7 GB/s against 1.8 GB/s at every level).
  const options = [
    '--optimizeLevel',
    '0',
    '--noAssert',
    '--runtime',
    'stub',
    '--enable',
    'simd',
    '--enable',
    'bulk-memory',
  ];
  const memory = ['--initialMemory', PAGES, '--maximumMemory', PAGES];
  const compile = ['--yes', '--package', COMPILER, 'asc', SOURCE, '--outFile', code, ...options, ...memory];
  execFileSync('npx', compile, { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' });
  const sourceHash = createHash('sha256')
    .update(readFileSync(join(root, SOURCE)))
    .digest('hex');
  const lines = [
    `/** ${SOURCE} as WebAssembly. Made by \`npm run compile-scanner\`, not by hand. */`,
    '',
    '/** SHA-256 of the source that this was made of. */',
    `export const LINE_SCANNER_SOURCE_SHA256 = '${sourceHash}';`,
    '',
    '/** Base64. */',
    'export const LINE_SCANNER_CODE =',
    `  '${readFileSync(code).toString('base64')}';`,
    '',
  ];
  writeFileSync(join(root, TARGET), lines.join('\n'));
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/**
 * Compiles what lies in assembly/ into WebAssembly, as text in a module that is kept under version control: whoever builds the product
 * needs no compiler of 100 MB. Tests tell when a source was changed and not compiled.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const COMPILER = 'assemblyscript@0.28.20';

interface Module {
  readonly source: string;
  /** What it imports, directly or not. */
  readonly parts: readonly string[];
  readonly target: string;
  /** What the names of the target's exports begin with. */
  readonly name: string;
  /** Pages of memory, of 64 KiB: what the module beside the target lays out. */
  readonly pages: number;
}

const MODULES: readonly Module[] = [
  {
    source: 'assembly/line-scanner.ts',
    parts: ['assembly/line-parts.ts'],
    target: 'src/main/audit/reading/line-scanner-code.ts',
    name: 'LINE_SCANNER',
    pages: 76,
  },
  {
    source: 'assembly/row-writer.ts',
    parts: [
      'assembly/hexadecimal.ts',
      'assembly/line-parts.ts',
      'assembly/plain-json.ts',
      'assembly/row-columns.ts',
      'assembly/row-content.ts',
    ],
    target: 'src/main/catalog/row-writer-code.ts',
    name: 'ROW_WRITER',
    pages: 400,
  },
];

const root = join(import.meta.dirname, '..');
const folder = mkdtempSync(join(tmpdir(), 'audit-desk-assembly-'));
try {
  for (const module of MODULES) compile(module);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function compile({ source, parts, target, name, pages }: Module): void {
  const code = join(folder, `${name}.wasm`);
  // Not optimized: V8 makes faster code of what binaryen leaves alone (measured: 2.7 GB/s against 1.8 GB/s at every level).
  const options = ['--optimizeLevel', '0', '--noAssert', '--runtime', 'stub'];
  const features = ['--enable', 'simd', '--enable', 'bulk-memory'];
  // AS112 warns of vectors that functions exchange: among these files alone.
  const warnings = ['--disableWarning', '112'];
  const memory = ['--initialMemory', `${pages}`, '--maximumMemory', `${pages}`];
  const command = [
    '--yes',
    '--package',
    COMPILER,
    'asc',
    source,
    '--outFile',
    code,
    ...options,
    ...features,
    ...warnings,
    ...memory,
  ];
  execFileSync('npx', command, { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' });
  const hash = createHash('sha256');
  for (const path of [source, ...parts]) hash.update(readFileSync(join(root, path)));
  const lines = [
    `/** ${source} as WebAssembly. Made by \`npm run compile-assembly\`, not by hand. */`,
    '',
    `/** SHA-256 of the sources that this was made of: ${[source, ...parts].join(', ')}. */`,
    `export const ${name}_SOURCE_SHA256 = '${hash.digest('hex')}';`,
    '',
    '/** Base64. */',
    `export const ${name}_CODE =`,
    `  '${readFileSync(code).toString('base64')}';`,
    '',
  ];
  writeFileSync(join(root, target), lines.join('\n'));
}

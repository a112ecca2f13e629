/** docs/dependencies.md tells every package that the product brings along, and what the built window holds is known. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '..', '..');
const WINDOW = join(ROOT, 'out', 'renderer');

interface LockedPackage {
  readonly license?: string;
  readonly hasInstallScript?: boolean;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const { packages } = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')) as {
  readonly packages: Readonly<Record<string, LockedPackage>>;
};
const chosen = Object.keys(packages['']?.dependencies ?? {});
const page = readFileSync(join(ROOT, 'docs', 'dependencies.md'), 'utf8');

/** Where Node finds a package from another one's folder. */
function locate(name: string, from: string): string | null {
  for (let folder = from; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/node_modules/')))) {
    const path = `${folder === '' ? '' : `${folder}/`}node_modules/${name}`;
    if (packages[path] !== undefined) return path;
    if (folder === '') return null;
  }
}

/** Every package that is installed with the product, on any platform, by its path in the lock. */
function installed(): ReadonlyMap<string, LockedPackage> {
  const found = new Map<string, LockedPackage>();
  const waiting: (readonly [name: string, from: string])[] = chosen.map((name) => [name, '']);
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const path = locate(...next);
    const locked = path === null ? undefined : packages[path];
    if (path === null || locked === undefined || found.has(path)) continue;
    found.set(path, locked);
    const names = Object.keys({ ...locked.dependencies, ...locked.optionalDependencies });
    waiting.push(...names.map((name) => [name, path] as const));
  }
  return found;
}

const nameOf = (path: string) => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);

/** Licence by package, as the page's two tables tell it. */
function told(): ReadonlyMap<string, string> {
  const rows = page.split('\n').filter((line) => line.startsWith('|'));
  const licences = new Map<string, string>();
  for (const row of rows) {
    const cells = row.split('|').map((cell) => cell.trim());
    const first = /^`([^`]+)`$/.exec(cells[1] ?? '')?.[1];
    if (first !== undefined) licences.set(first, cells.at(-2) ?? '');
    else if (cells.length === 4) {
      for (const [, name = ''] of (cells[2] ?? '').matchAll(/`([^`]+)`/g)) {
        if (!licences.has(name)) licences.set(name, cells[1] ?? '');
      }
    }
  }
  return licences;
}

describe('what is installed with the product', () => {
  it('is what the page tells, each under its licence', () => {
    const real = new Map([...installed()].map(([path, { license }]) => [nameOf(path), license ?? 'none']));
    expect(Object.fromEntries([...told()].sort())).toEqual(Object.fromEntries([...real].sort()));
    for (const name of chosen) expect(page).toMatch(new RegExp(`^\\| \`${name}\` \\|`, 'm'));
  });

  it('runs nothing when it is installed', () => {
    expect(
      [...installed()].filter(([, { hasInstallScript }]) => hasInstallScript === true).map(([path]) => path),
    ).toEqual([]);
  });
});

/** Hosts that stand in the window's code, none of which it asks: namespaces, placeholders of forms, hints in messages. */
const KNOWN_HOSTS = [
  'ACCOUNT.r2.cloudflarestorage.com',
  'HOST',
  'developer.mozilla.org',
  // A broken address in a comment of zod.
  'exa',
  'floating-ui.com',
  'github.com',
  'json-schema.org',
  'localhost',
  'mantine.dev',
  'minio.example',
  'minio.local',
  'react.dev',
  'reactjs.org',
  'www.w3.org',
];
/** A probe of zod, whether code may be made at all; `jitless` keeps it from being asked. */
const KNOWN_COMPILERS = 1;

describe.skipIf(!existsSync(WINDOW))('the built window', () => {
  const texts = readdirSync(WINDOW, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(js|css|html)$/.test(entry.name))
    .map((entry) => ({ name: entry.name, text: readFileSync(join(entry.parentPath, entry.name), 'utf8') }));

  it('compiles no code but where it is known, and zod is told not to', () => {
    const code = texts.map(({ text }) => text).join('\n');
    expect(code).not.toMatch(/(?<![\w.$])eval\(/);
    expect(code.match(/(?<![\w.$])Function\(/g) ?? []).toHaveLength(KNOWN_COMPILERS);
    expect(code).toMatch(/jitless:\s*(true|!0)/);
  });

  it('names no host that is not known, and loads nothing from one', () => {
    for (const { name, text } of texts) {
      const hosts = [...text.matchAll(/https?:\/\/([\w.-]+)/g)].map(([, host = '']) => host.replace(/\.$/, ''));
      const foreign = [...new Set(hosts)].filter((host) => !KNOWN_HOSTS.includes(host));
      expect([name, foreign]).toEqual([name, []]);
      if (!name.endsWith('.js')) expect(text).not.toMatch(/(src|href|@import)\s*=?\s*["'(]?\s*(https?:)?\/\//);
    }
  });
});

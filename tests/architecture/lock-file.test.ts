import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

interface LockedPackage {
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

/** A package whose binaries are published later for one platform than for another leaves a hole here, and `npm ci` fails everywhere. */
it('locks the binaries of every platform that a dependency offers', () => {
  const lock = readFileSync(join(import.meta.dirname, '../../package-lock.json'), 'utf8');
  const { packages } = JSON.parse(lock) as { packages: Record<string, LockedPackage> };
  const locked = Object.keys(packages);
  const missing = Object.entries(packages).flatMap(([name, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies)
      .filter((wanted) => !locked.some((path) => path.endsWith(`node_modules/${wanted}`)))
      .map((wanted) => `${wanted}, wanted by ${name}`),
  );
  expect(missing).toEqual([]);
  expect(locked.filter((path) => path.includes('@duckdb/node-bindings-')).length).toBeGreaterThanOrEqual(8);
});

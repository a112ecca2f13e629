/** Small disks that can be full: mounted for one scenario, unmounted after it. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Workbench } from './workbench.ts';

let tmpfsAnswer: string | null | undefined;

/** Why no tmpfs can be mounted here, or null. */
export function missingTmpfs(): string | null {
  if (tmpfsAnswer !== undefined) return tmpfsAnswer;
  const folder = mkdtempSync(join(tmpdir(), 'audit-torture-mount-'));
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', folder]).status === 0;
  if (mounted) spawnSync('umount', [folder]);
  rmSync(folder, { recursive: true, force: true });
  tmpfsAnswer = mounted ? null : 'tmpfs cannot be mounted here';
  return tmpfsAnswer;
}

/** Mounts a tmpfs of so many kilobytes and answers its path. */
export function mountTmpfs(bench: Workbench, kilobytes: number): string {
  const folder = bench.folder();
  mkdirSync(folder);
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${kilobytes}k,mode=0755`, 'tmpfs', folder]);
  bench.afterwards(() => spawnSync('umount', ['--lazy', folder]));
  return folder;
}

/** Mounts it anew, for reading only or for writing too. */
export function remount(folder: string, mode: 'ro' | 'rw'): void {
  execFileSync('mount', ['-o', `remount,${mode}`, folder]);
}

/** A disk whose power can be cut: ext4 on a loop device, shut down without its journal being flushed. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Workbench } from './workbench.ts';

/** EXT4_IOC_SHUTDOWN with EXT4_GOING_FLAGS_NOLOGFLUSH (linux/fs/ext4/ext4.h): nothing more reaches the disk. */
const CUT = 'import fcntl,os,struct,sys;fcntl.ioctl(os.open(sys.argv[1],os.O_RDONLY),0x8004587D,struct.pack("I",2))';
const DISK_BYTES = 24 * 1024 * 1024;

/** A disk that is mounted, cut off and mounted again. */
export class CuttableDisk {
  /** Where it is mounted. */
  readonly folder: string;
  readonly #image: string;

  private constructor(folder: string, image: string) {
    this.folder = folder;
    this.#image = image;
  }

  /** Makes and mounts a disk in this folder, which must be there. */
  static mount(root: string): CuttableDisk {
    const image = join(root, 'disk.img');
    const folder = join(root, 'disk');
    writeFileSync(image, '');
    truncateSync(image, DISK_BYTES);
    execFileSync('mkfs.ext4', ['-q', '-F', image]);
    mkdirSync(folder);
    const disk = new CuttableDisk(folder, image);
    disk.#mount();
    return disk;
  }

  #mount(): void {
    execFileSync('mount', ['-o', 'loop', this.#image, this.folder], { stdio: 'pipe' });
  }

  /** Cuts the power: what was not made safe by now is gone. */
  cut(): void {
    execFileSync('python3', ['-c', CUT, this.folder], { stdio: 'pipe' });
  }

  /** Mounts it again, as after a start. Nobody may have a file of it open. */
  restart(): void {
    this.unmount();
    this.#mount();
  }

  /** Takes it away. */
  unmount(): void {
    for (let attempt = 0; attempt < 100; attempt += 1) {
      if (spawnSync('umount', [this.folder], { stdio: 'pipe' }).status === 0) return;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);
    }
    execFileSync('umount', ['--lazy', this.folder], { stdio: 'pipe' });
  }
}

/** Stops a process, and waits until each of its threads stands still outside of any system call. */
export async function stop(pid: number): Promise<void> {
  process.kill(pid, 'SIGSTOP');
  while (!isStill(pid)) await delay(1);
}

/** True where every thread of a process is stopped. */
export function isStill(pid: number): boolean {
  return readdirSync(`/proc/${pid}/task`).every((task) => {
    const state = stateOfTask(pid, task);
    return state === null || state === 'T' || state === 't';
  });
}

/** The state of a thread, a letter; null where it has ended since it was listed. */
function stateOfTask(pid: number, task: string): string | null {
  try {
    const [state = ''] = readFileSync(`/proc/${pid}/task/${task}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
    return state;
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT' || code === 'ESRCH') return null;
    throw error;
  }
}

let answer: string | null | undefined;

/** Why the power cannot be cut here, or null. */
export function missingPower(): string | null {
  if (answer !== undefined) return answer;
  const root = mkdtempSync(join(tmpdir(), 'audit-torture-power-'));
  try {
    const disk = CuttableDisk.mount(root);
    try {
      disk.cut();
    } finally {
      disk.unmount();
    }
    answer = null;
  } catch {
    answer = 'no loop device can be mounted and shut down here';
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
  return answer;
}

/** A disk that is taken away when the bench is closed. */
export function cuttableDisk(bench: Workbench): CuttableDisk {
  const root = bench.folder();
  mkdirSync(root);
  const disk = CuttableDisk.mount(root);
  bench.afterwards(() => disk.unmount());
  return disk;
}

/** Runs a program with faults put into its system calls by strace. */
import { spawn, spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { type Running, startProgram } from './programs.ts';
import { WAITS_FOR_GO } from './wait-for-go.ts';
import type { Workbench } from './workbench.ts';

let answer: string | null | undefined;

/** Why no faults can be put into system calls here, or null. */
export function missingStrace(): string | null {
  if (answer !== undefined) return answer;
  const inject = ['-f', '-o', '/dev/null', '-e', 'trace=getppid', '-e', 'inject=getppid:error=EIO'];
  const works = spawnSync('strace', [...inject, 'true'], { stdio: 'ignore' }).status === 0;
  answer = works ? null : 'strace cannot be used here';
  return answer;
}

/** The thread that runs the program, or those that do for it what is asynchronous. */
export type Thread = 'main' | 'others';

/** A fault for {@link startUnderStrace}. */
export interface Fault {
  /** System calls that it is put into: strace's names, with commas. */
  readonly calls: string;
  /** What happens, in strace's words: `error=EIO`, `signal=KILL`, `delay_enter=100000` … */
  readonly what: string;
  /** At which of these calls: `3` the third, `3+` from there on. strace counts them for each thread by itself. */
  readonly when: string;
  /** Whose calls count. Left out: everybody's. */
  readonly thread?: Thread;
  /** Only calls on these paths count. Left out: all do. */
  readonly paths?: readonly string[];
}

/**
 * Starts a program of tests/torture/programs and, once it stands ready to work, puts a fault in it. One thread does what is
 * asynchronous, so that calls are counted in their order. Attached to the running program, because starting one under strace takes
 * two seconds.
 */
export async function startUnderStrace(
  bench: Workbench,
  fault: Fault,
  program: string,
  input: unknown,
): Promise<Running> {
  const env = { UV_THREADPOOL_SIZE: '1', [WAITS_FOR_GO]: '1' };
  const running = startProgram(bench, program, input, { env, stdio: ['pipe', 'pipe', 'pipe'] });
  await running.begun;
  const paths = (fault.paths ?? []).flatMap((path) => ['-P', path]);
  const inject = ['-e', `trace=${fault.calls}`, '-e', `inject=${fault.calls}:${fault.what}:when=${fault.when}`];
  const args = ['-o', '/dev/null', ...paths, ...inject, ...attachment(running.child.pid ?? 0, fault.thread)];
  const strace = spawn('strace', args, { stdio: ['ignore', 'ignore', 'pipe'] });
  bench.afterwards(() => strace.kill('SIGTERM'));
  await new Promise<void>((resolve, reject) => {
    strace.stderr.once('data', () => resolve());
    strace.once('exit', () => reject(new Error('strace did not attach')));
  });
  running.child.stdin?.end('go');
  return running;
}

/** Options by which strace attaches to a running process, or to some of its threads. */
function attachment(pid: number, thread: Thread | undefined): string[] {
  if (thread === undefined) return ['-f', '-p', String(pid)];
  const others = readdirSync(`/proc/${pid}/task`).filter((name) => name !== String(pid));
  return (thread === 'main' ? [String(pid)] : others).flatMap((name) => ['-p', name]);
}

/** Calls that change what a folder holds, and those that make it safe: between any two of them a program may die. */
export const CHANGING_CALLS: readonly string[] = [
  'openat',
  'write',
  'pwrite64',
  'link',
  'symlink',
  'rename',
  'unlink',
  'fchmod',
  'ftruncate',
  'fsync',
  'fdatasync',
  'close',
];

/** What {@link atEveryCall} does at one place. */
export interface Place {
  readonly thread: Thread;
  readonly call: string;
  readonly number: number;
}

/**
 * Goes through every call of these kinds that a thread of a program makes on these paths, the first, the second and so on of each,
 * until the program gets through without being struck. `strike` answers whether it was. Answers how many places were struck.
 */
export async function atEveryCall(strike: (place: Place) => Promise<boolean>): Promise<number> {
  let struck = 0;
  for (const thread of ['main', 'others'] as const) {
    for (const call of CHANGING_CALLS) {
      for (let number = 1; await strike({ thread, call, number }); number += 1) struck += 1;
    }
  }
  return struck;
}

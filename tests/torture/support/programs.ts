/** Starts the programs that write, rewrite and die, each in a process of its own. */
import { type ChildProcess, type SpawnOptions, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { READY } from './wait-for-go.ts';
import type { Workbench } from './workbench.ts';

const PROGRAMS = join(import.meta.dirname, '..', 'programs');

/** Name of the file of the day that every program here takes for today: names are known, and midnight is never in the way. */
export const TODAYS_FILE = 'audit_20260504.jsonl';

/** A program that runs. */
export interface Running {
  readonly child: ChildProcess;
  /** What it has printed so far, whole lines only. */
  readonly printed: () => readonly string[];
  /** Resolves at the first line it prints, or at its end. */
  readonly begun: Promise<void>;
  /** Its whole lines, its complaints and how it ended. */
  readonly ended: Promise<Ended>;
}

/** How a program ended. */
export interface Ended {
  readonly printed: readonly string[];
  readonly complaints: string;
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

function observe(child: ChildProcess): Running {
  let output = '';
  let complaints = '';
  const lines = () =>
    output
      .split('\n')
      .slice(0, -1)
      .filter((line) => line !== READY);
  const begun = new Promise<void>((resolve) => {
    child.stdout?.once('data', () => resolve());
    child.once('close', () => resolve());
  });
  child.stdout?.on('data', (data: Buffer) => {
    output += data.toString();
  });
  child.stderr?.on('data', (data: Buffer) => {
    complaints += data.toString();
  });
  const ended = once(child, 'close').then(
    ([code, signal]): Ended => ({
      printed: lines(),
      complaints,
      code: code as number | null,
      signal: signal as NodeJS.Signals | null,
    }),
  );
  return { child, printed: lines, begun, ended };
}

/**
 * Starts any command; its lines and its end are watched, and it is killed where it outlives the bench. Compiled code is kept
 * between processes: measured, a writer starts in 0.1 s with it and in 0.5 s without.
 */
export function startCommand(
  bench: Workbench,
  command: string,
  args: readonly string[],
  options: SpawnOptions = {},
): Running {
  const env = { ...process.env, NODE_COMPILE_CACHE: join(bench.root, 'compile-cache'), ...options.env };
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options, env });
  bench.afterwards(() => child.kill('SIGKILL'));
  return observe(child);
}

/** How a program of tests/torture/programs is started by hand: the command and its arguments. */
export function programCommand(program: string, input: unknown): readonly [command: string, ...args: string[]] {
  const path = join(PROGRAMS, program);
  return program.endsWith('.py')
    ? ['/usr/bin/env', 'python3', path, JSON.stringify(input)]
    : [process.execPath, path, JSON.stringify(input)];
}

/** Starts a program of tests/torture/programs; its one argument is the input as JSON. */
export function startProgram(bench: Workbench, program: string, input: unknown, options: SpawnOptions = {}): Running {
  const [command, ...args] = programCommand(program, input);
  return startCommand(bench, command, args, options);
}

/** Why Python cannot take part here, or null. */
export function missingPython(): string | null {
  return spawnSync('python3', ['-c', 'pass']).status === 0 ? null : 'there is no python3';
}

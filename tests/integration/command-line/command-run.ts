/** Runs a command of the command line in this process, with streams in place of the terminal; or as a process of its own. */
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { runCommandLine } from '../../../src/main/hosts/command-line/program.ts';
import { TextOutput } from '../../../src/main/hosts/command-line/text-output.ts';

const ROOT = join(import.meta.dirname, '..', '..', '..');
export const FIXTURES = join(ROOT, 'tests', 'fixtures');
export const REFERENCE = join(FIXTURES, 'python-reference');
const PROCESS_TIMEOUT_MS = 60_000;

export interface CommandResult {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CommandInput {
  readonly stdin?: string | Uint8Array;
  /** Keeps indexes; left out, each run has one of its own. */
  readonly dataFolder?: string;
  readonly now?: () => number;
}

/** Runs a command here. Nothing of the process is touched: not its streams, not its exit code. */
export async function runCommand(args: readonly string[], input: CommandInput = {}): Promise<CommandResult> {
  const dataFolder = input.dataFolder ?? (await mkdtemp(join(tmpdir(), 'audit-desk-data-')));
  const stdout = new PassThrough();
  const stderr = new PassThrough();
  const told = Promise.all([text(stdout), text(stderr)]);
  const launched = async () => 0;
  try {
    const exitCode = await runCommandLine(
      args,
      {
        stdin: Readable.from([Buffer.from(input.stdin ?? '')]),
        stdout: new TextOutput(stdout),
        stderr: new TextOutput(stderr),
        currentFolder: ROOT,
        dataFolder: () => dataFolder,
        now: input.now ?? Date.now,
      },
      { open: launched, serve: launched },
    );
    stdout.end();
    stderr.end();
    const [out, err] = await told;
    return { exitCode, stdout: out, stderr: err };
  } finally {
    if (input.dataFolder === undefined) await rm(dataFolder, { recursive: true, force: true });
  }
}

export interface ProcessInput {
  readonly stdin?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Runs as this user; the tests must run as root. */
  readonly uid?: number;
}

/** Runs the command line as a process of its own, as a shell does. */
export async function spawnCommand(args: readonly string[], input: ProcessInput = {}): Promise<CommandResult> {
  const child = spawn(process.execPath, [join(ROOT, 'src', 'main', 'cli.ts'), ...args], {
    cwd: ROOT,
    env: { ...process.env, ...input.env },
    stdio: 'pipe',
    timeout: PROCESS_TIMEOUT_MS,
    ...(input.uid === undefined ? {} : { uid: input.uid, gid: input.uid }),
  });
  child.stdin.on('error', () => undefined);
  child.stdin.end(input.stdin ?? '');
  const ended = new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve(code));
  });
  const [stdout, stderr, exitCode] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  return { exitCode, stdout, stderr };
}

/** What the fixtures say is in a set. */
export interface ExpectedEntry {
  readonly id: string;
  readonly timestamp: string;
  readonly safety_passed: boolean;
  readonly provider: string | null;
  readonly model: string | null;
  readonly conversation_id: string | null;
  readonly input?: string;
  readonly output?: string;
  readonly input_sha256?: string;
}

/** Runs what we are measured beside in a process of its own. */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Runs a script of this folder with Node and answers the JSON that it prints. Rejects with what it says on stderr. */
export async function runPeer(script: string, args: readonly string[]): Promise<unknown> {
  const path = fileURLToPath(new URL(script, import.meta.url));
  const { stdout } = await run(process.execPath, [path, ...args], { maxBuffer: 2 ** 26 });
  return JSON.parse(stdout);
}

/** A number that a peer printed under a name. */
export function peerNumber(answer: unknown, name: string): number {
  const value = typeof answer === 'object' && answer !== null ? (answer as Record<string, unknown>)[name] : undefined;
  if (typeof value !== 'number') throw new Error(`The peer did not tell ${name}.`);
  return value;
}

/** Whether a program can be run here. */
export async function isInstalled(command: string, args: readonly string[] = ['--version']): Promise<boolean> {
  return await run(command, [...args]).then(
    () => true,
    () => false,
  );
}

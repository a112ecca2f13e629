/** The test's end of the channel to a main process that runs with the stand-in for Electron. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { FromMain, ToMain } from './electron-stand-in/wire.ts';

const MAIN = fileURLToPath(new URL('../../../out/main/index.js', import.meta.url));
const REGISTER = new URL('./electron-stand-in/register.ts', import.meta.url).href;
const END_TIMEOUT_MS = 10_000;

type Unnumbered<Message> = Message extends { readonly callId: number } ? Omit<Message, 'callId'> : never;
/** A question that is answered. */
export type Question = Unnumbered<ToMain>;

export interface StandInProcess {
  ask(question: Question): Promise<unknown>;
  tell(message: Extract<ToMain, { readonly kind: 'painted' | 'close-window' }>): void;
  /** Exit code, once it has ended. */
  readonly ended: Promise<number>;
  /** What it wrote on stdout and stderr. */
  output(): string;
  /** Ends it as the system would end an application, and by force after 10 s. */
  end(): Promise<number>;
}

/** Starts the built main bundle. `listen` hears what it says unasked. */
export function startStandInProcess(
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  listen: (message: FromMain) => void,
): StandInProcess {
  const child = fork(MAIN, args, {
    execArgv: ['--disable-warning=ExperimentalWarning', '--import', REGISTER],
    serialization: 'advanced',
    env: { ...process.env, NODE_OPTIONS: '', ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const output = collectOutput(child);
  const waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>();
  let lastCallId = 0;
  child.on('message', (message: FromMain) => {
    if (message.kind !== 'reply') return listen(message);
    const call = waiting.get(message.callId);
    waiting.delete(message.callId);
    if (message.ok) call?.resolve(message.value);
    else call?.reject(new Error(message.message));
  });
  const ended = once(child, 'exit').then(([code]) => {
    for (const call of waiting.values()) call.reject(new Error(`The main process has ended.\n${output()}`));
    waiting.clear();
    return (code as number | null) ?? -1;
  });
  return {
    ended,
    output,
    ask: (question) =>
      new Promise((resolve, reject) => {
        if (!child.connected) return reject(new Error(`The main process has ended.\n${output()}`));
        lastCallId += 1;
        waiting.set(lastCallId, { resolve, reject });
        child.send({ ...question, callId: lastCallId });
      }),
    tell: (message) => void (child.connected && child.send(message)),
    end: () => endProcess(child, ended),
  };
}

/** Asks a process to end, and forces it where it does not; answers its exit code. */
export async function endProcess(child: ChildProcess, ended: Promise<number>): Promise<number> {
  if (child.exitCode !== null || child.signalCode !== null) return await ended;
  child.kill('SIGTERM');
  const force = setTimeout(() => child.kill('SIGKILL'), END_TIMEOUT_MS);
  return await ended.finally(() => clearTimeout(force));
}

/** Collects what a process writes. */
export function collectOutput(child: ChildProcess): () => string {
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
    });
  }
  return () => text;
}

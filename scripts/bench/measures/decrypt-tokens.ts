/** How fast stored contents are decrypted, beside Python's cryptography. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { EncryptionManager } from '../../../src/main/audit/index.ts';
import { type Measure, median, type Result, secondsOf } from '../measure.ts';
import { isInstalled, peerNumber } from '../peers/run-peer.ts';

const PLAINTEXT_BYTES = 1600;
const TOKENS = 500;
const PASSES = 20;
const ROUNDS = 3;
const SCRIPT = fileURLToPath(new URL('../peers/fernet.py', import.meta.url));
const WORKER = new URL('../peers/decrypt-worker.ts', import.meta.url);

/** Contents of 1.6 KB, decrypted one after the other on one core, and by two threads at once. */
export const decryptTokens: Measure = { name: 'tokens', grows: 'once', run };

async function run(): Promise<readonly Result[]> {
  const manager = new EncryptionManager();
  const stored = Array.from({ length: TOKENS }, (_, i) => manager.encrypt(`${i} `.padEnd(PLAINTEXT_BYTES, 'claim ')));
  const task = { key: manager.getKey(), stored, rounds: PASSES };
  const names = ['tokens decrypted (1.6 KB), one core, against Python', 'the same on two cores, against Python on one'];
  const python = await findPython();
  const [one, two, peer]: [number[], number[], number[]] = [[], [], []];
  for (let round = 0; round < ROUNDS; round += 1) {
    one.push(await ourRate(manager, stored));
    two.push((await Promise.all([workerRate(task), workerRate(task)])).reduce((sum, rate) => sum + rate, 0));
    if (python !== null) peer.push(await pythonRate(python, task));
  }
  const told = (rates: readonly number[]) => `${median(rates).toFixed(0)}/s`;
  if (python === null) {
    const missing = "Python's cryptography is not installed here";
    return [one, two].map((rates, i) => ({ name: names[i] ?? '', missing: `${missing}; ${told(rates)}` }));
  }
  const figure = { unit: 'x', better: 'higher' } as const;
  const beside = (rates: readonly number[]) => `${told(rates)}; Python's cryptography ${told(peer)}`;
  return [
    { name: names[0] ?? '', value: median(one) / median(peer), ...figure, must: 0.9, aim: null, beside: beside(one) },
    { name: names[1] ?? '', value: median(two) / median(peer), ...figure, must: null, aim: 1.5, beside: beside(two) },
  ];
}

async function ourRate(manager: EncryptionManager, stored: readonly string[]): Promise<number> {
  for (const content of stored) manager.decrypt(content);
  const seconds = await secondsOf(() => {
    for (let pass = 0; pass < PASSES; pass += 1) for (const content of stored) manager.decrypt(content);
  });
  return (TOKENS * PASSES) / seconds;
}

interface Task {
  readonly key: string;
  readonly stored: readonly string[];
  readonly rounds: number;
}

function workerRate(task: Task): Promise<number> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(WORKER, { workerData: task });
    worker.once('message', resolve).once('error', reject);
  });
}

/** Debian's Python first: it is the one that the peer is installed for. */
async function findPython(): Promise<string | null> {
  for (const python of ['/usr/bin/python3', 'python3']) {
    if (python.startsWith('/') && !existsSync(python)) continue;
    if (await isInstalled(python, ['-c', 'import cryptography.fernet'])) return python;
  }
  return null;
}

async function pythonRate(python: string, task: Task): Promise<number> {
  const child = spawn(python, [SCRIPT], { stdio: ['pipe', 'pipe', 'inherit'] });
  child.stdin.end(JSON.stringify(task));
  return peerNumber(JSON.parse(await text(child.stdout)), 'perSecond');
}

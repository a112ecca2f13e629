/** A thread that decrypts contents as fast as it can and tells how many a second. */
import { parentPort, workerData } from 'node:worker_threads';
import { EncryptionManager } from '../../../src/main/audit/index.ts';

const { key, stored, rounds } = workerData as { key: string; stored: readonly string[]; rounds: number };
const manager = new EncryptionManager(key);
for (const content of stored) manager.decrypt(content);
const start = performance.now();
for (let round = 0; round < rounds; round += 1) for (const content of stored) manager.decrypt(content);
parentPort?.postMessage((stored.length * rounds * 1000) / (performance.now() - start));

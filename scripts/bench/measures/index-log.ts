/** How long a complete index takes, beside DuckDB reading the same files into the same table. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BenchContext, PreparedLog } from '../bench-context.ts';
import { openFolder, waitUntilComplete, withDesk } from '../desk/desk-process.ts';
import { type Measure, median, type Result } from '../measure.ts';
import { peerNumber, runPeer } from '../peers/run-peer.ts';

const ROUNDS = 3;

/** Complete index through the contract against `read_json`, in turns, both with the files in the system's cache. */
export const indexLog: Measure = { name: 'index', grows: 'to-a-million', run };

async function run(context: BenchContext): Promise<readonly Result[]> {
  const log = await context.log();
  for (const file of log.files) await readFile(file);
  const ours: number[] = [];
  const peers: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    ours.push(await indexSeconds(context, log));
    peers.push(await readJsonSeconds(context, log));
  }
  const [our, peer] = [median(ours), median(peers)];
  const perSecond = (seconds: number) => `${(log.bytes / 1e6 / seconds).toFixed(0)} MB/s`;
  return [
    {
      name: 'complete index, against DuckDB read_json',
      value: our / peer,
      unit: 'x',
      better: 'lower',
      must: 1,
      aim: 0.5,
      beside: `${our.toFixed(2)} s (${perSecond(our)}); read_json with 2 threads ${peer.toFixed(2)} s (${perSecond(peer)}), without positions of lines`,
    },
    { name: 'complete index', value: our, unit: 's', better: 'lower', must: null, aim: null },
  ];
}

async function indexSeconds(context: BenchContext, log: PreparedLog): Promise<number> {
  const dataFolder = await context.newFolder('index');
  const seconds = await withDesk(dataFolder, async ({ client }) => {
    const start = performance.now();
    const coverage = await waitUntilComplete(client, await openFolder(client, log.folder));
    const taken = (performance.now() - start) / 1000;
    if (coverage.entries !== log.entries) throw new Error(`The index holds ${coverage.entries} of ${log.entries}.`);
    return taken;
  });
  await context.removeFolder(dataFolder);
  return seconds;
}

async function readJsonSeconds(context: BenchContext, log: PreparedLog): Promise<number> {
  const folder = await context.newFolder('read-json');
  const answer = await runPeer('duckdb-read-json.ts', [log.folder, join(folder, 'peer.duckdb')]);
  await context.removeFolder(folder);
  if (peerNumber(answer, 'entries') !== log.entries) throw new Error('DuckDB did not read the whole log.');
  return peerNumber(answer, 'seconds');
}

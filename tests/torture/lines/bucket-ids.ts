/** Line 22: ids that would reach outside of a day's folder. */
import type { Outcome, Scenario } from '../scenario.ts';
import { bucketServer, endingOf, faultyBucket } from '../support/buckets.ts';
import { sampleEntry } from '../support/sample-entry.ts';
import type { Workbench } from '../support/workbench.ts';

/** Each of these makes an id bad wherever it stands in it. */
const BARBS = ['../', '..\\', '%2e', '%2E%2F', '\\', '\0', '/', '..', '\n', '\x7f', '%00', '\ud800'];

function hostileId(bench: Workbench, round: number): string {
  if (round % 7 === 0) return 'x'.repeat(1_025 + bench.chance.below(2_000));
  const half = () => 'abc-1'.slice(0, bench.chance.below(6));
  return `${half()}${BARBS[round % BARBS.length]}${half()}`;
}

async function run(bench: Workbench, rounds: number): Promise<Outcome> {
  const { proxy, storage } = await faultyBucket(bench, await bucketServer(bench), 'ids');
  const losses: string[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const id = hostileId(bench, round);
    const calls = { write: storage.write(sampleEntry(id)), read: storage.read(id), delete: storage.delete(id) };
    for (const [name, call] of Object.entries(calls)) {
      const ending = await endingOf<unknown>(call);
      const told = 'code' in ending ? ending.code : 'done';
      if (told !== 'invalid_id') losses.push(`${name} of ${JSON.stringify(id).slice(0, 60)}: ${told}`);
    }
  }
  if (proxy.requests.length > 0) losses.push(`${proxy.requests.length} requests were made`);
  return { rounds, losses, note: `seed ${bench.chance.seed}` };
}

/** Line 22. */
export const bucketIds: Scenario = {
  line: 22,
  name: 'bucket-ids',
  promise: 'ids with ../, %2e, \\, NUL or 1,025 bytes are refused before any request',
  failsWhere: 'an id becomes a part of a key before it is looked at',
  rounds: { short: 500, long: 5_000 },
  run,
};

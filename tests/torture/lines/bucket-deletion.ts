/** Line 19: deletions that a bucket grants in part. */
import { batchSizes, imagineBucket } from '../../support/s3/imagined-bucket.ts';
import type { Outcome, Scenario } from '../scenario.ts';
import { bucketServer, endingOf, faultyBucket } from '../support/buckets.ts';
import type { Workbench } from '../support/workbench.ts';

const OBJECTS = 2_500;
const NOTHING_TOLD: Readonly<Record<string, unknown>> = {};
const EVERYTHING = { upToUs: Date.UTC(2026, 3, 1) * 1000 };

async function run(bench: Workbench, rounds: number): Promise<Outcome> {
  const { proxy, storage } = await faultyBucket(bench, await bucketServer(bench), 'deletion');
  const losses: string[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const say = (loss: string) => losses.push(`round ${round}: ${loss}`);
    const all = Array.from({ length: OBJECTS }, (_, n) => `audit/2026-03-01/${String(n).padStart(4, '0')}.json`);
    const keys = new Set(all);
    const refused = new Set(Array.from({ length: 1 + bench.chance.below(40) }, () => all[bench.chance.below(OBJECTS)]));
    const allowed = { now: false };
    const refusalOf = (key: string) => (!allowed.now && refused.has(key) ? 'AccessDenied' : null);
    proxy.clear();
    imagineBucket(proxy, { keys, refusalOf });
    const first = await endingOf(storage.deleteMany(EVERYTHING));
    if (batchSizes(proxy).join() !== '1000,1000,500') say(`batches of ${batchSizes(proxy).join()}`);
    const details = 'code' in first && first.code === 'incomplete_delete' ? first.details : NOTHING_TOLD;
    if (details['removed'] !== OBJECTS - refused.size) say(`${String(details['removed'])} counted as gone`);
    const named = Array.isArray(details['keys']) ? details['keys'].map(String) : [];
    if (named.sort().join() !== [...refused].sort().join()) say(`${named.length} of ${refused.size} named`);
    if ([...keys].sort().join() !== [...refused].sort().join()) say(`${keys.size} stayed`);
    allowed.now = true;
    const second = await endingOf(storage.deleteMany(EVERYTHING));
    if (!('value' in second) || second.value.removed !== refused.size || keys.size > 0) say('the rest did not go');
  }
  return { rounds, losses, note: `${OBJECTS} objects a round, seed ${bench.chance.seed}` };
}

/** Line 19. */
export const bucketDeletion: Scenario = {
  line: 19,
  name: 'bucket-deletion',
  promise:
    '2,500 deletions go as 1,000 + 1,000 + 500; keys refused inside an answer of 200 are named, none counts as gone',
  failsWhere: 'an answer of 200 counts as success for each of its keys',
  rounds: { short: 2, long: 20 },
  run,
};

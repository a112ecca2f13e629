/** A bucket with one object an entry: read for the first time beside a bare loop of GETs, and looked at again. */
import type { SourceLocation } from '../../../src/shared/contract.ts';
import { NEWEST_FIRST, NO_FILTER } from '../../../src/shared/query.ts';
import type { BenchContext } from '../bench-context.ts';
import { openLocation, waitUntilComplete, withDesk } from '../desk/desk-process.ts';
import { type Measure, median, type Result } from '../measure.ts';
import { peerNumber, runPeer } from '../peers/run-peer.ts';
import { type BenchBucket, startBucket } from '../peers/s3-server.ts';

const OBJECTS = 20_000;
const CONCURRENCIES = [8, 16, 32, 64, 128];
/** Enough to tell which number of callers is best. */
const TRIAL_OBJECTS = 4000;
const ROUNDS = 3;

/** Rates of a complete index over a bucket in memory, and how little a second look asks for. */
export const readBucket: Measure = { name: 'bucket', grows: 'once', run };

async function run(context: BenchContext): Promise<readonly Result[]> {
  const log = await context.log(Math.min(context.entries, 100_000));
  const bucket = await startBucket(log.folder, OBJECTS);
  try {
    return await measureBucket(context, bucket);
  } finally {
    await bucket.close();
  }
}

async function measureBucket(context: BenchContext, bucket: BenchBucket): Promise<readonly Result[]> {
  const objects = await objectsOf(bucket);
  const best = await bestConcurrency(bucket);
  const [ours, bare]: [number[], number[]] = [[], []];
  const agains: { readonly seconds: number; readonly gets: number }[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const dataFolder = await context.newFolder('bucket');
    const cold = await openBucket(bucket, dataFolder, objects);
    if (cold.gets < objects) throw new Error(`Only ${cold.gets} of ${objects} objects were asked for.`);
    ours.push(objects / cold.seconds);
    bare.push(await bareRate(bucket, best));
    agains.push(await openBucket(bucket, dataFolder, objects));
    await context.removeFolder(dataFolder);
  }
  const again = median(agains.map(({ seconds }) => seconds));
  const gets = Math.max(...agains.map((each) => each.gets));
  const count = objects.toLocaleString('en-US');
  return [
    {
      name: `bucket of ${count} objects, cold, against a bare loop of GETs`,
      value: median(ours) / median(bare),
      unit: 'x',
      better: 'higher',
      must: 0.7,
      aim: 0.9,
      beside: `${median(ours).toFixed(0)} objects/s, listing and indexing included; bare loop, ${best} at once, ${median(bare).toFixed(0)}/s without the listing`,
    },
    { name: 'the same bucket again: GETs of objects', value: gets, unit: 'GETs', better: 'lower', must: 0, aim: 0 },
    { name: 'the same bucket again: first page', value: again, unit: 's', better: 'lower', must: 1.5, aim: 0.8 },
  ];
}

/** Opens the bucket in a new desk until it is complete and its first page is there. */
async function openBucket(bucket: BenchBucket, dataFolder: string, objects: number) {
  const { endpoint, prefix, credentials } = bucket;
  const where = { region: 'us-east-1', endpoint, pathStyle: true, profile: null };
  const location: SourceLocation = { kind: 'bucket', bucket: bucket.bucket, prefix, ...where };
  const before = await bucket.counts();
  const seconds = await withDesk(dataFolder, async ({ client }) => {
    const start = performance.now();
    const source = await openLocation(client, location, { ...credentials, sessionToken: null });
    await waitUntilComplete(client, source);
    const query = { filter: NO_FILTER, sort: NEWEST_FIRST };
    const page = await client.call('entries.page', {
      sourceId: source.sourceId,
      query,
      page: { offset: 0, limit: 200 },
    });
    if (page.matching !== objects) throw new Error(`The index holds ${page.matching} of ${objects} objects.`);
    return (performance.now() - start) / 1000;
  });
  return { seconds, gets: (await bucket.counts()).gets - before.gets };
}

async function objectsOf(bucket: BenchBucket): Promise<number> {
  return peerNumber(await runPeer('bare-gets.ts', [bucket.endpoint, '16']), 'objects');
}

async function bestConcurrency(bucket: BenchBucket): Promise<number> {
  let best = { concurrency: 0, rate: 0 };
  for (const concurrency of CONCURRENCIES) {
    const rate = await bareRate(bucket, concurrency, TRIAL_OBJECTS);
    if (rate > best.rate) best = { concurrency, rate };
  }
  return best.concurrency;
}

async function bareRate(bucket: BenchBucket, concurrency: number, limit = Infinity): Promise<number> {
  const answer = await runPeer('bare-gets.ts', [bucket.endpoint, `${concurrency}`, `${limit}`]);
  return peerNumber(answer, 'objects') / peerNumber(answer, 'seconds');
}

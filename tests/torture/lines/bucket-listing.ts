/** Line 20: listings that break off. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { FaultEffect } from '../../support/s3/faulty-proxy.ts';
import { imagineBucket } from '../../support/s3/imagined-bucket.ts';
import { TEST_CREDENTIALS } from '../../support/s3/s3-test-server.ts';
import type { Outcome, Scenario } from '../scenario.ts';
import { bucketServer, type FaultyBucket, faultyBucket } from '../support/buckets.ts';
import type { Workbench } from '../support/workbench.ts';

const PAGES = 100;
const PAGE_KEYS = 10;
const CLI = join(import.meta.dirname, '..', '..', '..', 'src', 'main', 'cli.ts');

/** How a page fails, one way a round. */
const FAULTS: readonly FaultEffect[] = [
  { kind: 'error', status: 403, code: 'AccessDenied' },
  { kind: 'reply', xml: () => '<ListBucketResult><IsTruncated>true</IsTruncated></ListBucketResult>' },
  { kind: 'error', status: 400, code: 'ExpiredToken' },
  { kind: 'reply', xml: () => 'no XML at all' },
];

interface Told {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

async function auditDesk(bench: Workbench, stage: FaultyBucket, ...args: string[]): Promise<Told> {
  const source = `s3://${stage.bucket}/audit?region=us-east-1&endpoint=${stage.proxy.endpoint}`;
  const child = spawn(process.execPath, [CLI, ...args, source], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      NODE_COMPILE_CACHE: join(bench.root, 'compile-cache'),
      AUDIT_DESK_DATA: join(bench.root, 'data'),
      AWS_ACCESS_KEY_ID: TEST_CREDENTIALS.accessKeyId,
      AWS_SECRET_ACCESS_KEY: TEST_CREDENTIALS.secretAccessKey,
    },
  });
  bench.afterwards(() => child.kill('SIGKILL'));
  const [stdout, stderr, [exitCode]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')]);
  return { exitCode: exitCode as number | null, stdout, stderr };
}

/** What is wrong with what a command told of a listing of which so many objects could be seen. */
function lossesOf(what: string, told: Told, shown: number, seen: number): string[] {
  const losses: string[] = [];
  if (told.exitCode !== 3) losses.push(`${what}: exit ${told.exitCode}: ${told.stderr.trim()}`);
  if (!/^incomplete: /m.test(told.stderr)) losses.push(`${what}: nothing said that it is incomplete`);
  if (shown !== seen) losses.push(`${what}: ${shown} of the ${seen} that were seen`);
  return losses;
}

async function breakAt(bench: Workbench, stage: FaultyBucket, page: number, effect: FaultEffect): Promise<string[]> {
  const { proxy } = stage;
  const name = (number: number) => String(number).padStart(4, '0');
  const keys = new Set(Array.from({ length: PAGES * PAGE_KEYS }, (_, n) => `audit/2026-03-01/${name(n)}.json`));
  const seen = (page - 1) * PAGE_KEYS;
  const before = `audit/2026-03-01/${name(seen - 1)}.json`;
  proxy.clear();
  proxy.inject({
    when: ({ operation, query }) => operation === 'list' && query.get('continuation-token') === before,
    effect,
  });
  imagineBucket(proxy, { keys, pageKeys: PAGE_KEYS });
  const count = await auditDesk(bench, stage, 'count', '--json');
  const list = await auditDesk(bench, stage, 'list', '--json');
  const counted = JSON.parse(count.stdout || '{}') as { entries?: number; incomplete?: boolean };
  const losses = [
    ...lossesOf(`page ${page}, count`, count, counted.entries ?? 0, seen),
    ...lossesOf(`page ${page}, list`, list, (JSON.parse(list.stdout || '[]') as unknown[]).length, seen),
  ];
  if (counted.incomplete !== true) losses.push(`page ${page}: count --json does not say that it is incomplete`);
  proxy.clear();
  imagineBucket(proxy, { keys, pageKeys: PAGE_KEYS });
  const whole = await auditDesk(bench, stage, 'count');
  if (whole.exitCode !== 0 || whole.stdout !== `${keys.size}\n`) losses.push(`page ${page}, mended: ${whole.stdout}`);
  return losses;
}

async function run(bench: Workbench, rounds: number): Promise<Outcome> {
  const server = await bucketServer(bench);
  const losses: string[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const stage = await faultyBucket(bench, server, `listing-${round}`);
    const page = [57, PAGES, 2][round] ?? 2 + bench.chance.below(PAGES - 1);
    losses.push(...(await breakAt(bench, stage, page, FAULTS[round % FAULTS.length] as FaultEffect)));
  }
  return { rounds, losses, note: `${PAGES} pages each, seed ${bench.chance.seed}` };
}

/** Line 20. */
export const bucketListing: Scenario = {
  line: 20,
  name: 'bucket-listing',
  promise: 'a listing that breaks off at page 57 of 100: what was seen is printed, "incomplete" is told, exit code 3',
  failsWhere: 'a page that fails counts as the last, or its failure is told nowhere but in an exit code of 0 or 1',
  rounds: { short: 2, long: 40 },
  run,
};

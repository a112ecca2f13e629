/** Line 21: every way in which a bucket can fail. */
import { type AuditErrorCode, S3Storage } from '../../../src/main/audit/index.ts';
import type { FaultEffect } from '../../support/s3/faulty-proxy.ts';
import { objectOf } from '../../support/s3/s3-entries.ts';
import type { Outcome, Scenario } from '../scenario.ts';
import {
  bucketServer,
  type Ending,
  endingOf,
  type FaultyBucket,
  faultyBucket,
  lossesOfFailure,
} from '../support/buckets.ts';
import { sampleEntry } from '../support/sample-entry.ts';
import type { Workbench } from '../support/workbench.ts';

const KEY = 'audit/2026-05-04/there.json';

/** A fault, the call that meets it, and the code that tells it. */
interface Failure {
  readonly what: string;
  readonly code: AuditErrorCode;
  readonly effect: FaultEffect;
  readonly call: (stage: FaultyBucket) => Promise<unknown>;
}

const get = ({ storage }: FaultyBucket) => storage.getObject(KEY);
const list = ({ storage }: FaultyBucket) => storage.listEntries();
const write = ({ storage }: FaultyBucket) => storage.write(sampleEntry('new'));
const answer = (status: number, code: string, more: { xml?: string; headers?: Record<string, string> } = {}) =>
  ({ kind: 'error', status, code, ...more }) as const;

const FAILURES: readonly Failure[] = [
  { what: 'a truncated body', code: 'damaged_object', effect: { kind: 'truncate', bytes: 20 }, call: get },
  {
    what: 'a changed body',
    code: 'damaged_object',
    effect: { kind: 'damage', change: (body) => Buffer.from(body.toString().replace('there', 'other')) },
    call: get,
  },
  { what: '403', code: 'access_denied', effect: answer(403, 'AccessDenied'), call: list },
  { what: 'an unknown access key', code: 'credentials_invalid', effect: answer(403, 'InvalidAccessKeyId'), call: list },
  { what: 'a wrong secret', code: 'credentials_invalid', effect: answer(403, 'SignatureDoesNotMatch'), call: write },
  { what: 'expired credentials', code: 'credentials_expired', effect: answer(400, 'ExpiredToken'), call: write },
  { what: 'a skewed clock', code: 'clock_skewed', effect: answer(403, 'RequestTimeTooSkewed'), call: list },
  {
    what: 'a wrong region, by redirect',
    code: 'wrong_region',
    effect: answer(301, 'PermanentRedirect', { headers: { 'x-amz-bucket-region': 'eu-west-1' } }),
    call: list,
  },
  {
    what: 'a wrong region, by signature',
    code: 'wrong_region',
    effect: answer(400, 'AuthorizationHeaderMalformed', { xml: '<Region>eu-central-1</Region>' }),
    call: write,
  },
  { what: 'no such bucket', code: 'bucket_not_found', effect: answer(404, 'NoSuchBucket'), call: list },
  { what: 'a silent socket, reading', code: 'timeout', effect: { kind: 'silent' }, call: list },
  { what: 'a silent socket, writing', code: 'timeout', effect: { kind: 'silent' }, call: write },
];

/** Codes that stand for one cause each must each have a sentence of their own. */
function lossesOfSentences(told: ReadonlyMap<AuditErrorCode, string>): string[] {
  const sentences = new Set([...told.values()].map((message) => message.replace(/https?:\S+/g, '')));
  return sentences.size === told.size ? [] : [`${told.size} kinds of failure share ${sentences.size} sentences`];
}

async function run(bench: Workbench, rounds: number): Promise<Outcome> {
  const server = await bucketServer(bench);
  const losses: string[] = [];
  let longestMs = 0;
  for (let round = 0; round < rounds; round += FAILURES.length + 1) {
    const told = new Map<AuditErrorCode, string>();
    const note = (what: string, ending: Ending<unknown>, code: AuditErrorCode) => {
      losses.push(...lossesOfFailure(what, ending, code));
      longestMs = Math.max(longestMs, ending.elapsedMs);
      if ('message' in ending) told.set(code, ending.message);
    };
    const meet = async ({ what, code, effect, call }: Failure, number: number) => {
      const stage = await faultyBucket(bench, server, `failure-${round}-${number}`);
      await server.putObject(stage.bucket, KEY, objectOf('there', '2026-05-04T10:00:00'));
      stage.proxy.inject({ effect });
      note(what, await endingOf(call(stage)), code);
    };
    const deaf = new S3Storage({ ...server.options('any'), endpoint: 'http://127.0.0.1:1' });
    await Promise.all([
      ...FAILURES.map(meet),
      endingOf(deaf.count()).then((ending) => note('nobody listens', ending, 'network_unreachable')),
    ]);
    await deaf.close();
    losses.push(...lossesOfSentences(told));
  }
  return { rounds, losses, note: `the longest took ${(longestMs / 1000).toFixed(1)} s` };
}

/** Line 21. */
export const bucketFailures: Scenario = {
  line: 21,
  name: 'bucket-failures',
  promise:
    'a damaged body, 403, expired credentials, a skewed clock, a wrong region, silence: each its own message in 30 s',
  failsWhere: 'a failure has no deadline, shares its sentence with another, or a damaged body is read',
  rounds: { short: FAILURES.length + 1, long: 4 * (FAILURES.length + 1) },
  run,
};

/** Lines 17 and 18: writes into a bucket that is busy, or whose connection breaks. */
import type { Outcome, Scenario } from '../scenario.ts';
import { bucketServer, endingOf, type FaultyBucket, faultyBucket, lossesOfFailure } from '../support/buckets.ts';
import { sampleEntry } from '../support/sample-entry.ts';
import type { Workbench } from '../support/workbench.ts';

/** Day of the sample entries. */
const FOLDER = 'audit/2026-05-04';

async function lossesOfKeys({ server, bucket }: FaultyBucket, ids: readonly string[]): Promise<string[]> {
  const keys = new Set(await server.keys(bucket));
  const losses = ids.filter((id) => !keys.delete(`${FOLDER}/${id}.json`)).map((id) => `${id} is lost`);
  return [...losses, ...[...keys].map((key) => `${key} was not to be there`)];
}

/** 503 twice, then 200: one object, three requests. */
async function busyForAWhile(stage: FaultyBucket, id: string, code: string): Promise<string[]> {
  const { proxy, storage } = stage;
  proxy.clear();
  proxy.inject({ times: 2, effect: { kind: 'error', status: 503, code } });
  const ending = await endingOf(storage.write(sampleEntry(id)));
  const losses = 'code' in ending ? [`${id}: refused with ${ending.code}`] : [];
  if (proxy.count('put') !== 3) losses.push(`${id}: ${proxy.count('put')} requests`);
  return losses;
}

/** 503 for ever: told in time, nothing stored; sent again, it is stored. */
async function busyForEver(stage: FaultyBucket, id: string): Promise<string[]> {
  const { server, bucket, proxy, storage } = stage;
  proxy.inject({ effect: { kind: 'error', status: 503, code: 'SlowDown' } });
  const ending = await endingOf(storage.write(sampleEntry(id)));
  const losses = lossesOfFailure(`${id}, 503 for ever`, ending, 'service_unavailable');
  if ((await server.keys(bucket)).length > 0) losses.push(`${id} was stored and told as refused`);
  proxy.clear();
  const again = await endingOf(storage.write(sampleEntry(id)));
  if ('code' in again) losses.push(`${id}, sent again: ${again.code}`);
  return [...losses, ...(await lossesOfKeys(stage, [id]))];
}

async function runBusy(bench: Workbench, rounds: number): Promise<Outcome> {
  const server = await bucketServer(bench);
  const [patient, dead] = await Promise.all([
    faultyBucket(bench, server, 'busy'),
    faultyBucket(bench, server, 'busy-for-ever'),
  ]);
  const ever = busyForEver(dead, 'ever');
  const losses: string[] = [];
  const ids: string[] = [];
  for (let round = 1; round < rounds; round += 1) {
    ids.push(`e-${round}`);
    losses.push(...(await busyForAWhile(patient, `e-${round}`, ['SlowDown', 'ServiceUnavailable'][round % 2] ?? '')));
  }
  losses.push(...(await lossesOfKeys(patient, ids)), ...(await ever));
  return { rounds, losses, note: `${rounds - 1} busy for a while, 1 for ever` };
}

/** Line 17. */
export const bucketBusy: Scenario = {
  line: 17,
  name: 'bucket-busy',
  promise: 'a bucket that answers 503 twice gets the entry once; one that answers so for ever is told within 30 s',
  failsWhere: 'a busy answer is not tried again, or tried for ever, or an entry that was refused cannot be sent again',
  rounds: { short: 20, long: 200 },
  run: runBusy,
};

async function runBroken(bench: Workbench, rounds: number): Promise<Outcome> {
  const stage = await faultyBucket(bench, await bucketServer(bench), 'broken');
  const { proxy, storage, server, bucket } = stage;
  const ids = Array.from({ length: rounds }, (_, number) => `e-${number}`);
  // Of every tenth another writer has the key already, with other bytes.
  const taken = new Set(ids.filter((_, number) => number % 10 === 9));
  for (const id of taken) await server.putObject(bucket, `${FOLDER}/${id}.json`, 'of another writer');
  const broken = new Set<string>();
  proxy.inject({
    when: ({ operation, key }) => operation === 'put' && !broken.has(key) && broken.add(key) !== undefined,
    effect: { kind: 'break', after: true },
  });
  const endings = await Promise.all(ids.map((id) => endingOf(storage.write(sampleEntry(id)))));
  const losses = await lossesOfKeys(stage, ids);
  if (broken.size !== rounds) losses.push(`the connection broke ${broken.size} times`);
  for (const [number, ending] of endings.entries()) {
    const id = ids[number] ?? '';
    const told = 'code' in ending ? ending.code : 'done';
    const right = taken.has(id) ? 'conflict' : 'done';
    if (told !== right) losses.push(`${id}: ${told} instead of ${right}`);
  }
  const { unreadable } = await storage.listEntries();
  if (unreadable.length !== taken.size) losses.push(`${taken.size - unreadable.length} objects were overwritten`);
  const unconditional = proxy.requests.filter(
    ({ operation, headers }) => operation === 'put' && headers['if-none-match'] !== '*',
  );
  if (unconditional.length > 0) losses.push(`${unconditional.length} writes went out without If-None-Match`);
  return { rounds, losses, note: `${taken.size} keys were taken` };
}

/** Line 18. */
export const bucketBreaks: Scenario = {
  line: 18,
  name: 'bucket-breaks',
  promise:
    'a connection that breaks after the object was stored: counted once, never stored twice, nothing overwritten',
  failsWhere: 'a write is tried again without its condition, or 412 on equal bytes counts as a failure',
  rounds: { short: 200, long: 1_000 },
  run: runBroken,
};

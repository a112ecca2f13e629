/** How soon a log that is indexed already shows its first page again. */

import { NEWEST_FIRST, NO_FILTER } from '../../../src/shared/query.ts';
import type { BenchContext } from '../bench-context.ts';
import { openFolder, waitUntilComplete, withDesk } from '../desk/desk-process.ts';
import { bytesRead } from '../desk/process-memory.ts';
import { type Measure, median, type Result } from '../measure.ts';

const ROUNDS = 5;

/** A new process over the old index: from the call that opens the source to the newest 200 rows of a complete index. */
export const reopenLog: Measure = { name: 'reopen', grows: 'to-ten-million', run };

async function run(context: BenchContext): Promise<readonly Result[]> {
  const log = await context.log();
  const dataFolder = await context.indexedDataFolder();
  const rounds: { readonly seconds: number; readonly readMb: number | null }[] = [];
  for (let round = 0; round < ROUNDS; round += 1) rounds.push(await reopen(dataFolder, log.folder, log.entries));
  const large = context.entries >= 10_000_000;
  const readMb = median(rounds.map((round) => round.readMb ?? Number.NaN));
  return [
    {
      name: 'reopen unchanged: first page of a complete index',
      value: median(rounds.map((round) => round.seconds)),
      unit: 's',
      better: 'lower',
      must: large ? 1 : 0.4,
      aim: large ? 0.4 : 0.2,
      beside: `the log has ${(log.bytes / 1e6).toFixed(0)} MB; median of ${ROUNDS}`,
    },
    Number.isNaN(readMb)
      ? { name: 'bytes read by a reopen', missing: 'only Linux tells how much a process reads' }
      : {
          name: 'bytes read by a reopen, index included',
          value: readMb,
          unit: 'MB',
          better: 'lower',
          must: null,
          aim: null,
        },
  ];
}

async function reopen(dataFolder: string, log: string, entries: number) {
  return await withDesk(dataFolder, async ({ client, pid }) => {
    const readBefore = bytesRead(pid);
    const start = performance.now();
    const source = await openFolder(client, log);
    await waitUntilComplete(client, source);
    const query = { filter: NO_FILTER, sort: NEWEST_FIRST };
    const page = await client.call('entries.page', {
      sourceId: source.sourceId,
      query,
      page: { offset: 0, limit: 200 },
    });
    const seconds = (performance.now() - start) / 1000;
    if (page.matching !== entries || page.rows.length !== 200) throw new Error('The reopened log is not whole.');
    const readAfter = bytesRead(pid);
    return { seconds, readMb: readBefore === null || readAfter === null ? null : (readAfter - readBefore) / 1e6 };
  });
}

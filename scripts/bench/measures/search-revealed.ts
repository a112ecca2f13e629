/** How long a search in what encrypted entries say takes, and how soon it stops when told to. */
import { setTimeout } from 'node:timers/promises';
import { NO_FILTER } from '../../../src/shared/query.ts';
import type { BenchContext } from '../bench-context.ts';
import type { DeskClient } from '../desk/desk-client.ts';
import { openFolder, waitUntilComplete, withDesk } from '../desk/desk-process.ts';
import { type Measure, median, type Result, secondsOf } from '../measure.ts';

const ENTRIES = 100_000;
const ROUNDS = 3;
/** Stands in some of the sample's contents, in neither all nor none. */
const TEXT = 'parcel';
const STOPPED_AFTER_MS = 200;

/** Every content of the log opened and looked through, from the call to the report. */
export const searchRevealed: Measure = { name: 'search', grows: 'once', run };

async function run(context: BenchContext): Promise<readonly Result[]> {
  const entries = Math.min(context.entries, ENTRIES);
  const { log, keyFile } = await context.encryptedLog(entries);
  const dataFolder = await context.newFolder('search');
  const { seconds, told, stopMs } = await withDesk(dataFolder, async ({ client }) => {
    await client.call('keys.importFile', { name: 'bench', path: keyFile });
    const { sourceId } = await openFolder(client, log.folder).then(async (source) => {
      await waitUntilComplete(client, source);
      return source;
    });
    return await searchRounds(client, sourceId, entries);
  });
  await context.removeFolder(dataFolder);
  const count = entries.toLocaleString('en-US');
  return [
    {
      name: `search in the revealed content of ${count} encrypted entries`,
      value: median(seconds),
      unit: 's',
      better: 'lower',
      must: 6,
      aim: 3,
      beside: told,
    },
    {
      name: 'a search that is stopped, until it answers',
      value: stopMs,
      unit: 'ms',
      better: 'lower',
      must: null,
      aim: null,
    },
  ];
}

async function searchRounds(client: DeskClient, sourceId: string, entries: number) {
  const seconds: number[] = [];
  let told = '';
  const search = { sourceId, filter: NO_FILTER, text: TEXT, matchCase: false };
  for (let round = 0; round < ROUNDS; round += 1) {
    const searchId = `search-${round}`;
    seconds.push(
      await secondsOf(async () => {
        const report = await client.call('content.search', { ...search, searchId });
        if (report.searched + report.withoutContent < entries || report.notOpened > 0) {
          throw new Error(
            `Only ${report.searched} of ${entries} entries were searched, ${report.notOpened} not opened.`,
          );
        }
        told = `${report.searched.toLocaleString('en-US')} entries opened, ${report.withoutContent.toLocaleString('en-US')} hold no content, ${report.hits.toLocaleString('en-US')} hits`;
      }),
    );
    await client.call('content.forget', { searchId });
  }
  const stopping = client.call('content.search', { ...search, searchId: 'stopped' });
  await setTimeout(STOPPED_AFTER_MS);
  const stopMs =
    1000 *
    (await secondsOf(async () => {
      await client.call('jobs.stop', { jobId: 'stopped' });
      await stopping;
    }));
  return { seconds, told, stopMs };
}

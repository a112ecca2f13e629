/** How much memory the desk holds while it reads a log and afterwards. */
import { setTimeout } from 'node:timers/promises';
import type { BenchContext } from '../bench-context.ts';
import { openFolder, waitUntilComplete, withDesk } from '../desk/desk-process.ts';
import { residentMemory, watchMemory } from '../desk/process-memory.ts';
import type { Figure, Measure, Result } from '../measure.ts';

/** A process that just worked hard is given this long to come to rest. */
const REST_MS = 5000;

/** Resident memory of the main process, and beside it of the catalog's: the largest while indexing, and at rest. */
export const memory: Measure = { name: 'memory', grows: 'to-a-million', run };

async function run(context: BenchContext): Promise<readonly Result[]> {
  if (process.platform !== 'linux') return [{ name: 'memory', missing: 'only Linux tells it in /proc' }];
  const log = await context.log();
  const dataFolder = await context.newFolder('memory');
  const { peak, rest } = await withDesk(dataFolder, async ({ client, pid }) => {
    const watch = watchMemory(pid);
    await waitUntilComplete(client, await openFolder(client, log.folder));
    const peak = watch.stop();
    await setTimeout(REST_MS);
    return { peak, rest: residentMemory(pid) };
  });
  await context.removeFolder(dataFolder);
  if (peak === null || rest === null) throw new Error('/proc cannot be read.');
  const bounded = (name: string, value: number, must: number | null, aim: number | null): Figure => {
    return { name, value, unit: 'MB', better: 'lower', must, aim };
  };
  return [
    bounded('memory of the main process while indexing, largest', peak.ownMb, 700, 450),
    bounded('memory of the main process at rest', rest.ownMb, 350, 250),
    bounded("memory of the catalog's process while indexing, largest", peak.childrenMb, null, null),
    bounded("memory of the catalog's process at rest", rest.childrenMb, null, null),
  ];
}

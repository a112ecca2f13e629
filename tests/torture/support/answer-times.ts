/** Measures how long a process takes to answer, without what a busy machine adds to it. */
import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

const NS_PER_MS = 1e6;

/**
 * How long a process's main thread was ready to run and had no processor so far, in milliseconds: its run queue delay. 0 where the
 * system does not tell.
 */
function waitedForProcessorMs(pid: number): number {
  try {
    const [, delayNs = '0'] = readFileSync(`/proc/${pid}/task/${pid}/schedstat`, 'utf8').split(' ');
    return Number(delayNs) / NS_PER_MS;
  } catch {
    return 0;
  }
}

/** Answers of one process while something else went on. */
export interface AnswerTimes {
  readonly answers: number;
  /** The longest of them, in milliseconds, less what process and caller waited for a processor meanwhile. */
  readonly longestMs: number;
}

/** Asks a process again and again until `work` is over; answers what came of the work, and the times. */
export async function whileAsking<Result>(
  pid: number,
  ask: () => Promise<unknown>,
  work: Promise<Result>,
): Promise<{ readonly result: Result; readonly times: AnswerTimes }> {
  let isOver = false;
  const ended = work.finally(() => {
    isOver = true;
  });
  // Whoever awaits it below hears of a failure; until then it must not count as unhandled.
  ended.catch(() => undefined);
  let answers = 0;
  let longestMs = 0;
  while (!isOver) {
    const waited = () => waitedForProcessorMs(pid) + waitedForProcessorMs(process.pid);
    const [begunMs, before] = [performance.now(), waited()];
    await ask();
    longestMs = Math.max(longestMs, performance.now() - begunMs - (waited() - before));
    answers += 1;
    await delay(10);
  }
  return { result: await ended, times: { answers, longestMs } };
}

/** Long work that a person may stop. */
import type { DeskHandlers } from '../../shared/contract.ts';
import type { Progress } from '../audit/index.ts';
import { AuditError } from '../audit/index.ts';
import type { DeskEventHub } from './desk-events.ts';

/** What long work is given: how to tell its progress, and the signal that ends it. */
export interface Job {
  readonly signal: AbortSignal;
  readonly onProgress: (progress: Progress) => void;
}

/** Work under way by the id that its caller chose. */
export class Jobs {
  readonly #controllers = new Map<string, AbortController>();
  readonly #running = new Set<Promise<unknown>>();
  readonly #events: DeskEventHub;

  constructor(events: DeskEventHub) {
    this.#events = events;
  }

  /** Runs work under an id. `conflict` where the id is taken by work under way. */
  async run<Result>(jobId: string, work: (job: Job) => Promise<Result>): Promise<Result> {
    if (this.#controllers.has(jobId)) {
      throw new AuditError('conflict', 'Work under this id is still going on. Wait for it or stop it.');
    }
    const controller = new AbortController();
    this.#controllers.set(jobId, controller);
    const working = work({
      signal: controller.signal,
      onProgress: (progress) => this.#events.emitThrottled('job.progress', jobId, { jobId, ...progress }),
    });
    this.#running.add(working);
    try {
      return await working;
    } finally {
      this.#running.delete(working);
      this.#controllers.delete(jobId);
      this.#events.flush('job.progress', jobId);
    }
  }

  /** Stops the work under an id; nothing happens where it has ended already. */
  stop(jobId: string): void {
    this.#controllers.get(jobId)?.abort();
  }

  /** Stops all, and waits until what was under way has tidied up after itself. */
  async close(): Promise<void> {
    for (const controller of this.#controllers.values()) controller.abort();
    await Promise.allSettled(this.#running);
  }
}

/** `jobs.*`. */
export function jobHandlers(jobs: Jobs): Pick<DeskHandlers, 'jobs.stop'> {
  return {
    'jobs.stop': async ({ jobId }) => {
      jobs.stop(jobId);
      return null;
    },
  };
}

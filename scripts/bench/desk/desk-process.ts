/** A desk in a process of its own, as `audit-desk serve` runs it, and its contract. */
import type { OpenSource, SourceLocation, TypedCredentials } from '../../../src/shared/contract.ts';
import type { Coverage } from '../../../src/shared/coverage.ts';
import { serveDesk } from '../../../tests/e2e/support/web-desk.ts';
import { DeskClient } from './desk-client.ts';

/** A desk that runs for a measure. */
export interface DeskProcess {
  readonly pid: number;
  /** Opens the window; good for one browser context beside the client. */
  readonly link: string;
  readonly client: DeskClient;
  /** Seconds from the start of the process to the link on stdout. */
  readonly startS: number;
  end(): Promise<void>;
}

const running = new Set<number>();

/** Ends every desk at once: for a run that ends before its measures do. */
export function endDesks(): void {
  for (const pid of running) process.kill(pid, 'SIGTERM');
}

/** Starts a desk on the web host over a data folder. Without one of its own a source is opened through the contract. */
export async function startDesk(dataFolder: string, source: string | null = null): Promise<DeskProcess> {
  const start = performance.now();
  const served = await serveDesk({ source, dataFolder });
  const startS = (performance.now() - start) / 1000;
  running.add(served.pid);
  const client = await DeskClient.open(served.link);
  return {
    pid: served.pid,
    link: served.link,
    client,
    startS,
    async end() {
      client.close();
      const code = await served.end();
      running.delete(served.pid);
      if (code !== 0) throw new Error(`audit-desk serve ended with ${code}.\n${served.output()}`);
    },
  };
}

/** Runs some work beside a desk and ends the desk, however the work ends. */
export async function withDesk<Value>(dataFolder: string, work: (desk: DeskProcess) => Promise<Value>): Promise<Value> {
  const desk = await startDesk(dataFolder);
  let value: Value;
  try {
    value = await work(desk);
  } catch (error) {
    // What went wrong first is worth more than how the desk ended.
    await desk.end().catch(() => {});
    throw error;
  }
  await desk.end();
  return value;
}

/** Opens a folder through the contract. */
export async function openFolder(client: DeskClient, path: string): Promise<OpenSource> {
  return await openLocation(client, { kind: 'folder', path }, null);
}

/** Opens any source through the contract. */
export async function openLocation(
  client: DeskClient,
  location: SourceLocation,
  credentials: TypedCredentials | null,
): Promise<OpenSource> {
  return await client.call('sources.open', { location, credentials });
}

/** Waits until a source is read completely. Rejects where reading failed or was stopped. */
export async function waitUntilComplete(client: DeskClient, source: OpenSource): Promise<Coverage> {
  const settled = (coverage: Coverage) => {
    if (coverage.state === 'reading') return false;
    if (coverage.state !== 'complete') throw new Error(`Reading ended as ${coverage.state}: ${coverage.problem}`);
    return coverage.checkedAtMs !== null;
  };
  return await client.waitFor((current) => {
    const coverage = current.get(source.sourceId)?.coverage ?? source.coverage;
    return settled(coverage) ? coverage : null;
  });
}

/** Builds the index of a log in a data folder and ends the desk again. */
export async function buildIndex(log: string, dataFolder: string): Promise<void> {
  await withDesk(dataFolder, async ({ client }) => {
    await waitUntilComplete(client, await openFolder(client, log));
  });
}

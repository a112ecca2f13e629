/** A desk with a real catalog over a copy of a fixture. */
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openCatalog } from '../../../src/main/catalog/open-catalog.ts';
import type { Desk } from '../../../src/main/desk/desk.ts';
import type { DeskEventName, DeskEvents, EntryRow, OpenSource } from '../../../src/shared/contract.ts';
import type { Coverage } from '../../../src/shared/coverage.ts';
import { type EntryFilter, NEWEST_FIRST, NO_FILTER } from '../../../src/shared/query.ts';
import { openTestDesk, type TestDesk } from '../../unit/desk/test-desk.ts';

export const FIXTURES = join(import.meta.dirname, '..', '..', 'fixtures');
export const REFERENCE = join(FIXTURES, 'python-reference');
const PATIENCE_MS = 20_000;

export interface OpenLog {
  readonly test: TestDesk;
  readonly handlers: Desk['handlers'];
  /** The copy; it may be changed. */
  readonly folder: string;
  readonly source: OpenSource;
  readonly sourceId: string;
  /** Waits until the catalog has read everything there is now. */
  settled(): Promise<Coverage>;
  /** Up to 1,000 rows, newest first. */
  rows(filter?: Partial<EntryFilter>): Promise<readonly EntryRow[]>;
  end(): Promise<void>;
}

/** Opens a copy of a fixture folder. */
export async function openLog(fixture: string, now: () => number = Date.now): Promise<OpenLog> {
  const root = await mkdtemp(join(tmpdir(), 'audit-desk-desk-'));
  const folder = join(root, 'claims-prod');
  await cp(fixture, folder, { recursive: true });
  const test = await openTestDesk({ dataFolder: join(root, 'data'), openCatalog, now });
  const { handlers } = test.desk;
  const source = await test.desk.open({ kind: 'folder', path: folder });
  const { sourceId } = source;
  const log: OpenLog = {
    test,
    handlers,
    folder,
    source,
    sourceId,
    settled: async () => await until(async () => await handlers['sources.refresh']({ sourceId }), isComplete),
    rows: async (filter = {}) => {
      const query = { filter: { ...NO_FILTER, ...filter }, sort: NEWEST_FIRST };
      return (await handlers['entries.page']({ sourceId, query, page: { offset: 0, limit: 1000 } })).rows;
    },
    end: async () => {
      await test.end();
      await rm(root, { recursive: true, force: true });
    },
  };
  await log.settled();
  return log;
}

function isComplete({ state }: Coverage): boolean {
  return state === 'complete';
}

/** Asks again until the answer will do; fails after 20 s. */
export async function until<Answer>(ask: () => Promise<Answer>, will: (answer: Answer) => boolean): Promise<Answer> {
  const deadlineMs = Date.now() + PATIENCE_MS;
  for (;;) {
    const answer = await ask();
    if (will(answer)) return answer;
    if (Date.now() > deadlineMs) throw new Error(`Still ${JSON.stringify(answer)} after ${PATIENCE_MS} ms`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Payloads of one kind of event so far. */
export function payloads<Name extends DeskEventName>(test: TestDesk, name: Name): readonly DeskEvents[Name][] {
  return test.events.filter((event) => event.name === name).map((event) => event.payload as DeskEvents[Name]);
}

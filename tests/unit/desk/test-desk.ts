/** A desk over a data folder of its own, with what the tests ask of it. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AuditError } from '../../../src/main/audit/index.ts';
import type { Desk, DeskPorts } from '../../../src/main/desk/desk.ts';
import { openDesk } from '../../../src/main/desk/open-desk.ts';
import type { DeskEventName, DeskEvents } from '../../../src/shared/contract.ts';

export interface TestDesk {
  readonly desk: Desk;
  readonly dataFolder: string;
  /** Every event so far. */
  readonly events: readonly { readonly name: DeskEventName; readonly payload: DeskEvents[DeskEventName] }[];
  /** Closes the desk and removes its folder. */
  end(): Promise<void>;
}

/** A folder that {@link TestDesk.end} or the caller removes. */
export async function makeFolder(): Promise<string> {
  return await mkdtemp(join(tmpdir(), 'audit-desk-test-'));
}

export async function openTestDesk(ports: Partial<DeskPorts> = {}): Promise<TestDesk> {
  const dataFolder = ports.dataFolder ?? (await makeFolder());
  const desk = await openDesk({
    openCatalog: async () => {
      throw new AuditError('catalog_unavailable', 'This test has no catalog.');
    },
    host: { kind: 'web', version: '0.0.0', platform: 'test', nativeDialogs: false, keyStoreObstacle: null },
    now: Date.now,
    ...ports,
    dataFolder,
  });
  const events: { name: DeskEventName; payload: DeskEvents[DeskEventName] }[] = [];
  desk.subscribe((name, payload) => events.push({ name, payload }));
  return {
    desk,
    dataFolder,
    events,
    end: async () => {
      await desk.close();
      await rm(dataFolder, { recursive: true, force: true });
    },
  };
}

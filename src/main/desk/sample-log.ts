/** The sample log of the start screen: made once, in the data folder, so that a person has something to look at at once. */
import { randomUUID } from 'node:crypto';
import { mkdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { EncryptionManager, toFileError, writeSampleLog } from '../audit/index.ts';
import type { DeskPorts } from './desk.ts';
import type { KeyRing } from './key-ring.ts';

const SAMPLE = { entries: 5000, days: 30, seed: 1 } as const;

/** Opens the sample log's content. No secret: every text in the sample is made up, and the same for everybody. */
const SAMPLE_KEY = Buffer.from('audit-desk sample log: no secret').toString('base64url');

/** The folder of the sample log. Writes it where it is missing (all of it or nothing) and puts its key into the ring. */
export async function prepareSampleLog(ports: Pick<DeskPorts, 'dataFolder' | 'now'>, ring: KeyRing): Promise<string> {
  const folder = join(ports.dataFolder, 'sample');
  if (!(await exists(folder))) await makeSample(folder, ports);
  ring.add(`${SAMPLE_KEY}=`, 'Sample key');
  return folder;
}

async function exists(path: string): Promise<boolean> {
  return (await stat(path).catch(() => null)) !== null;
}

/** Writes beside its place and renames: a sample that was begun and not ended is never opened. */
async function makeSample(folder: string, ports: Pick<DeskPorts, 'dataFolder' | 'now'>): Promise<void> {
  const unfinished = `${folder}.${randomUUID()}`;
  try {
    await mkdir(unfinished, { recursive: true, mode: 0o700 });
    await writeSampleLog({
      ...SAMPLE,
      folder: unfinished,
      until: new Date(ports.now()),
      encryption: new EncryptionManager(`${SAMPLE_KEY}=`),
    });
    await rename(unfinished, folder);
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true }).catch(() => undefined);
    // Another window was faster; its sample is the same.
    if (await exists(folder)) return;
    throw toFileError(error, folder, 'write the sample log in');
  }
}

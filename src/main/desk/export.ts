/** Export: entries of a source in a file of their own, with a file beside it that says what they are. */

import { lstat, realpath } from 'node:fs/promises';
import { basename, dirname, isAbsolute } from 'node:path';
import type { DeskHandlers, EntryChoice, EntryRef, ExportReceipt } from '../../shared/contract.ts';
import { AuditError, isLogFileName, mapInOrder, toFileError } from '../audit/index.ts';
import type { EntryPlaces } from '../catalog/catalog.ts';
import { startContentWork } from './content-threads.ts';
import type { DeskPorts } from './desk.ts';
import { aboutPathOf, aboutText } from './export-about.ts';
import { frameOf } from './export-lines.ts';
import type { Job, Jobs } from './jobs.ts';
import type { KeyRing } from './key-ring.ts';
import { NewFile, requireFree } from './new-file.ts';
import type { OpenSources, Source } from './open-sources.ts';
import type { PlaintextLock } from './plaintext-lock.ts';
import { requireZoneName } from './settings.ts';
import { placeAt, streamStoredLines } from './stored-lines.ts';

type ExportInput = Parameters<DeskHandlers['entries.export']>[0];

/** What exports stand on. */
export interface ExportContext {
  readonly sources: OpenSources;
  readonly ring: KeyRing;
  readonly jobs: Jobs;
  readonly lock: PlaintextLock;
  readonly ports: Pick<DeskPorts, 'host' | 'now' | 'chooseSaveFile'>;
}

/** `entries.export` and the dialog for its file. */
export function exportHandlers(
  context: ExportContext,
): Pick<DeskHandlers, 'entries.export' | 'entries.chooseExportFile'> {
  const { sources, jobs, lock, ports } = context;
  return {
    'entries.export': async (input) => {
      const source = sources.get(input.sourceId);
      requireZoneName(input.timeZone);
      return await jobs.run(input.jobId, (job) =>
        input.decrypted
          ? lock.during(job.signal, (signal) => exportEntries(context, source, input, { ...job, signal }))
          : exportEntries(context, source, input, job),
      );
    },
    'entries.chooseExportFile': async ({ suggestedName }) => {
      if (ports.chooseSaveFile === undefined) {
        throw new AuditError('not_supported_here', 'There is no save dialog here. Type the path of the file.');
      }
      const path = await ports.chooseSaveFile(suggestedName);
      return path === null ? null : { path, replace: await isThere(path) };
    },
  };
}

async function isThere(path: string): Promise<boolean> {
  return await lstat(path).then(
    () => true,
    () => false,
  );
}

/** `file_exists` for the file or the one about it; `invalid_argument` for a path that is not absolute, or would become part of the log. */
async function requirePlace({ location }: Source, { path, replace }: ExportInput): Promise<void> {
  if (!isAbsolute(path)) {
    throw new AuditError('invalid_argument', 'Give the whole path of the file, from the root.', { details: { path } });
  }
  if (location.kind === 'folder' && isLogFileName(basename(path))) {
    const [folder, log] = await Promise.all([realpath(dirname(path)), realpath(location.path)]).catch((error) => {
      throw toFileError(error, path, 'write');
    });
    if (folder === log) {
      const message = `A file of this name would become part of the log in ${location.path}. Choose another name or folder.`;
      throw new AuditError('invalid_argument', message, { details: { path } });
    }
  }
  await requireFree(path, replace);
  await requireFree(aboutPathOf(path), replace);
}

async function exportEntries(
  context: ExportContext,
  source: Source,
  input: ExportInput,
  job: Job,
): Promise<ExportReceipt> {
  const { ports } = context;
  await requirePlace(source, input);
  const file = await NewFile.create(input.path);
  const about = await NewFile.create(aboutPathOf(input.path)).catch(async (error: unknown) => {
    await file.discard();
    throw error;
  });
  try {
    const { places, inRange } = await placesOf(source, input.entries);
    const counts = await writeEntries(context, source, input, places, file, job);
    const receipt: ExportReceipt = {
      path: file.path,
      aboutPath: about.path,
      entries: places.ids.length,
      bytes: file.bytes,
      sha256: await file.seal(),
      coverage: places.coverage,
      ...counts,
    };
    const { entries, format, decrypted, timeZone } = input;
    const { version } = ports.host;
    const facts = { receipt, version, source, entries, inRange, format, decrypted, timeZone, madeAtMs: ports.now() };
    await about.write(Buffer.from(aboutText(facts)));
    await about.seal();
    job.signal.throwIfAborted();
    await about.place(input.replace);
    await file.place(input.replace).catch(async (error: unknown) => {
      // Another program took the name meanwhile. What was replaced cannot be brought back; what is new goes.
      if (!input.replace) await about.retract();
      throw error;
    });
    return receipt;
  } catch (error) {
    if (!job.signal.aborted) throw error;
    throw new AuditError('cancelled', 'The export was stopped. Nothing of it was left behind.', { cause: error });
  } finally {
    await Promise.all([file.discard(), about.discard()]);
  }
}

/** Where the entries lie, and how many the range holds. */
async function placesOf(
  { catalog }: Source,
  entries: EntryChoice,
): Promise<{ readonly places: EntryPlaces; readonly inRange: number | null }> {
  if (entries.kind === 'filter') {
    const places = await catalog.places(entries.filter);
    return { places: without(places, entries.except), inRange: places.inRange };
  }
  const { coverage } = await catalog.status();
  const files = [...new Set(entries.refs.map(({ file }) => file))];
  const places: EntryPlaces = {
    files,
    file: Int32Array.from(entries.refs, ({ file }) => files.indexOf(file)),
    byteOffset: Float64Array.from(entries.refs, ({ byteOffset }) => byteOffset),
    byteLength: Float64Array.from(entries.refs, ({ byteLength }) => byteLength),
    ids: entries.refs.map(({ id }) => id),
    inRange: 0,
    coverage,
  };
  return { places, inRange: null };
}

function without(places: EntryPlaces, refs: readonly EntryRef[]): EntryPlaces {
  if (refs.length === 0) return places;
  const key = (file: string, byteOffset: number) => `${byteOffset} ${file}`;
  const excepted = new Set(refs.map(({ file, byteOffset }) => key(file, byteOffset)));
  const isKept = (_: unknown, index: number) => {
    const { file, byteOffset } = placeAt(places, index);
    return !excepted.has(key(file, byteOffset));
  };
  return {
    ...places,
    file: places.file.filter(isKept),
    byteOffset: places.byteOffset.filter(isKept),
    byteLength: places.byteLength.filter(isKept),
    ids: places.ids.filter(isKept),
  };
}

async function writeEntries(
  { ring }: ExportContext,
  { storage }: Source,
  { format, decrypted, timeZone }: ExportInput,
  places: EntryPlaces,
  file: NewFile,
  { signal, onProgress }: Job,
): Promise<Pick<ExportReceipt, 'defusedCells' | 'opened' | 'notOpened'>> {
  const total = places.ids.length;
  const { head, between, tail } = frameOf(format, total);
  const keys = decrypted ? ring.texts() : [];
  const work = startContentWork({ kind: 'format', form: { format, decrypted, timeZone }, keys }, total);
  const counts = { defusedCells: 0, opened: 0, notOpened: 0 };
  let done = 0;
  try {
    await file.write(Buffer.from(head));
    const portions = mapInOrder(streamStoredLines(storage, places, signal), work.width, async ({ lines }) => ({
      lines: lines.length,
      formatted: await work.run(lines),
    }));
    for await (const { lines, formatted } of portions) {
      signal.throwIfAborted();
      if (done > 0) await file.write(Buffer.from(between));
      await file.write(formatted.bytes);
      done += lines;
      counts.defusedCells += formatted.defusedCells;
      counts.opened += formatted.opened;
      counts.notOpened += formatted.notOpened;
      onProgress({ done, total, unit: 'entries' });
    }
    await file.write(Buffer.from(tail));
    return counts;
  } finally {
    await work.end();
  }
}

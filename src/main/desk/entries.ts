/** Entries: pages, facets, charts, and one entry whole. */
import type { DeskHandlers, EntryDetail, EntryRef, StoredContent } from '../../shared/contract.ts';
import { memberTexts } from '../../shared/lossless-json.ts';
import { type ContentKind, contentKind, ENTRY_FIELDS, tokenTime } from '../audit/index.ts';
import { cutText } from './cut-text.ts';
import { rowOf } from './entry-row.ts';
import { findText } from './find-text.ts';
import type { OpenSources, Source } from './open-sources.ts';
import { readStoredEntry } from './stored-entry.ts';

/** Bytes shown of a line that could not be read. */
const SHOWN_OF_UNREADABLE = 512;
/** A line that cannot be read is read whole up to this many bytes. */
const WHOLE_READ_LIMIT = 1_048_576;

/** Keys of the metadata that are listed. */
const MOST_METADATA_KEYS = 500;

type EntryOperation =
  | 'entries.page'
  | 'entries.position'
  | 'entries.facets'
  | 'entries.spreads'
  | 'entries.metadataKeys'
  | 'entries.counts'
  | 'entries.findText'
  | 'entries.histogram'
  | 'entries.statistics'
  | 'entries.days'
  | 'entries.detail'
  | 'entries.unreadable';

/** `entries.*` that only look. `source_not_open` where the source is closed; `invalid_range` where a range ends before it begins. */
export function entryHandlers(sources: OpenSources): Pick<DeskHandlers, EntryOperation> {
  const catalogOf = (sourceId: string) => sources.get(sourceId).catalog;
  return {
    'entries.page': async ({ sourceId, query, page }) => await catalogOf(sourceId).page(query, page),
    'entries.position': async ({ sourceId, query, ref }) => await catalogOf(sourceId).position(query, ref),
    'entries.facets': async ({ sourceId, filter, fields, limit, contains }) =>
      await catalogOf(sourceId).facets(filter, fields, limit, contains),
    'entries.spreads': async ({ sourceId, filter, fields }) => await catalogOf(sourceId).spreads(filter, fields),
    'entries.metadataKeys': async ({ sourceId }) => await catalogOf(sourceId).metadataKeys(MOST_METADATA_KEYS),
    'entries.counts': async ({ sourceId, filters }) => await catalogOf(sourceId).counts(filters),
    'entries.findText': async ({ sourceId, text, filter }) => await findText(catalogOf(sourceId), text, filter),
    'entries.histogram': async ({ sourceId, filter, buckets }) => await catalogOf(sourceId).histogram(filter, buckets),
    'entries.statistics': async ({ sourceId, filter, buckets }) =>
      await catalogOf(sourceId).statistics(filter, buckets),
    'entries.days': async ({ sourceId }) => await catalogOf(sourceId).days(),
    'entries.detail': async ({ sourceId, ref }) => await entryDetail(sources.get(sourceId), ref),
    'entries.unreadable': async ({ sourceId, page }) => {
      const source = sources.get(sourceId);
      const { lines, total } = await source.catalog.unreadable(page);
      const shown = await Promise.all(lines.map(async (line) => ({ ...line, rawStart: await startOf(source, line) })));
      return { lines: shown, total };
    },
  };
}

/** One entry whole, read from the source. `entry_changed` where the log changed since the index saw it. */
async function entryDetail(source: Source, ref: EntryRef): Promise<EntryDetail> {
  const { entry, epochUs, text } = await readStoredEntry(source, ref);
  // Where a name stands twice the last value counts, as in Python.
  const members = new Map(memberTexts(text).map(({ name, json }) => [name, json]));
  const isDuplicate = await source.catalog.isDuplicateId(entry.id);
  const known: readonly string[] = ENTRY_FIELDS;
  const raw = cutText(text);
  const metadata = cutText(members.get('metadata') ?? '{}');
  return {
    row: rowOf(entry, epochUs, ref, isDuplicate),
    input_hash: entry.input_hash,
    output_hash: entry.output_hash,
    raw: raw.text,
    rawCut: raw.cut,
    input: storedContent(entry.input_content),
    output: storedContent(entry.output_content),
    metadata: metadata.text,
    metadataCut: metadata.cut,
    unknownFields: [...members]
      .filter(([name]) => !known.includes(name))
      .map(([name, json]) => ({ name, json: cutText(json).text })),
  };
}

function storedContent(stored: string | null): StoredContent {
  const kind: ContentKind = contentKind(stored);
  return {
    kind,
    byteLength: stored === null ? 0 : Buffer.byteLength(stored),
    tokenTimeS: stored !== null && kind === 'encrypted' ? tokenTime(stored) : null,
  };
}

/** The first bytes of a line that could not be read, as far as they are text; empty where the source changed since. */
async function startOf(
  source: Source,
  line: { file: string; byteOffset: number; byteLength: number },
): Promise<string> {
  if (line.byteLength === 0) return '';
  try {
    // An object of a bucket can only be read whole; a huge line of a file is not.
    const byteLength = line.byteLength > WHOLE_READ_LIMIT ? SHOWN_OF_UNREADABLE : line.byteLength;
    const bytes = await source.storage.readLine({ ...line, byteLength });
    return new TextDecoder().decode(bytes.subarray(0, SHOWN_OF_UNREADABLE));
  } catch {
    // The list of what cannot be read must not fail on what cannot be read.
    return '';
  }
}

/**
 * The wall between window and machine: every operation with the schema of its input and the type of its output, every event
 * with the type of its payload. The desk implements it; hosts carry it; the renderer calls it. Nothing else crosses.
 *
 * All values are plain JSON (no bigint, no Date, no NaN), so that both carriers deliver the same.
 */

import type { Coverage, UnreadableLine } from './coverage.ts';
import type { ContentKind } from './entry.ts';
import type { WireError } from './errors.ts';
import { interactionSchema } from './interaction.ts';
import {
  entryFilterSchema,
  entryQuerySchema,
  NUMBER_FIELDS,
  pageSchema,
  type TermField,
  termFieldSchema,
} from './query.ts';
import { type SavedView, viewContentSchema, viewNameSchema } from './saved-views.ts';
import { z } from './schema.ts';
import type { Statistics } from './statistics.ts';
import type { FoundText, MetadataKey, NumberSpread } from './summaries.ts';
import { type WindowLayout, windowLayoutSchema } from './window-layout.ts';

// ---------------------------------------------------------------------------------------------------------------- inputs

const sourceId = z.string().min(1).max(64);
const path = z.string().min(1).max(4096);

/** How a server with buckets is reached. */
const reachFields = {
  region: z.string().max(64).nullable(),
  /** URL of an S3-compatible server; null for AWS itself. */
  endpoint: z
    .url({ protocol: /^https?$/ })
    .max(1024)
    .nullable(),
  /** true: `endpoint/bucket/key`; false: `bucket.endpoint/key`. */
  pathStyle: z.boolean(),
  /** A named profile of the AWS configuration; null for the default chain. */
  profile: z.string().max(255).nullable(),
};
const bucketReachSchema = z.strictObject(reachFields);

const bucketFields = {
  bucket: z.string().min(1).max(255),
  /** Keys begin with it; given one trailing slash when it is not empty. */
  prefix: z.string().max(900),
};

/** Where a log is. Credentials never are part of a location, so a location may be remembered and shown. */
export const sourceLocationSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('folder'), path }),
  z.strictObject({
    kind: z.literal('bucket'),
    ...bucketFields,
    ...reachFields,
  }),
]);
export type SourceLocation = z.infer<typeof sourceLocationSchema>;

/** Credentials typed by a person. Kept in memory for the run, never stored, never sent back. */
export const typedCredentialsSchema = z.strictObject({
  accessKeyId: z.string().min(1).max(256),
  secretAccessKey: z.string().min(1).max(1024),
  sessionToken: z.string().max(8192).nullable(),
});
export type TypedCredentials = z.infer<typeof typedCredentialsSchema>;

/** Names one entry: where its line lies, and the id that must stand there. */
export const entryRefSchema = z.strictObject({
  file: z.string().min(1).max(4096),
  byteOffset: z.number().int().min(0),
  byteLength: z.number().int().min(1),
  id: z.string().min(1).max(8192),
});
export type EntryRef = z.infer<typeof entryRefSchema>;

/** Most entries that can be named one by one in a call. */
export const MAX_CHOSEN_ENTRIES = 10_000;

/** Entries to work on: all that match a filter but a few, or those named. */
export const entryChoiceSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('filter'),
    filter: entryFilterSchema,
    except: z.array(entryRefSchema).max(MAX_CHOSEN_ENTRIES),
  }),
  z.strictObject({ kind: z.literal('chosen'), refs: z.array(entryRefSchema).min(1).max(MAX_CHOSEN_ENTRIES) }),
]);
export type EntryChoice = z.infer<typeof entryChoiceSchema>;

/** The form of an export. */
export const exportFormatSchema = z.discriminatedUnion('kind', [
  /** The stored lines, byte for byte. */
  z.strictObject({ kind: z.literal('jsonl') }),
  /** One array of the stored texts, every digit kept. */
  z.strictObject({ kind: z.literal('json') }),
  /** A table, safe to open in a spreadsheet. */
  z.strictObject({
    kind: z.literal('csv'),
    separator: z.enum([',', ';']),
    /** Excel needs it to read UTF-8. */
    byteOrderMark: z.boolean(),
  }),
]);
export type ExportFormat = z.infer<typeof exportFormatSchema>;

// --------------------------------------------------------------------------------------------------------------- outputs

/** A source that was open before, newest first. */
export interface RecentSource {
  readonly location: SourceLocation;
  readonly name: string;
  readonly lastOpenedAtMs: number;
  readonly starred: boolean;
}

/** A source that is open now. */
export interface OpenSource {
  readonly sourceId: string;
  readonly name: string;
  readonly location: SourceLocation;
  readonly coverage: Coverage;
  /** true for the sample log that the desk made itself. */
  readonly sample: boolean;
}

/** A number on the wire; a string where JSON has no such number (`NaN`, `Infinity`, integers past 2^53). */
export type WireNumber = number | string;

/** One row of the table: everything but content, hashes and metadata. */
export interface EntryRow {
  readonly ref: EntryRef;
  readonly id: string;
  /** As stored. */
  readonly timestamp: string;
  /** Microseconds since the epoch, UTC. */
  readonly epochUs: number;
  readonly provider: string | null;
  readonly model: string | null;
  readonly conversation_id: string | null;
  readonly safety_passed: boolean;
  readonly detectors_triggered: readonly string[];
  readonly block_reason: string | null;
  readonly alerts: readonly string[];
  readonly latency_ms: WireNumber;
  readonly input_tokens: WireNumber | null;
  readonly output_tokens: WireNumber | null;
  readonly inputKind: ContentKind;
  readonly outputKind: ContentKind;
  /** true where another entry of the source has the same id. */
  readonly duplicateId: boolean;
}

/** Rows of one page, and what the answer speaks of. */
export interface EntryPage {
  readonly rows: readonly EntryRow[];
  readonly offset: number;
  /** Entries that match the whole filter. */
  readonly matching: number;
  /** Entries whose time lies in the filter's range, whatever else the filter asks. */
  readonly inRange: number;
  readonly coverage: Coverage;
  /** Grows whenever the index changes; pages of one revision fit together. */
  readonly revision: number;
}

export interface FacetValue {
  /** null stands for "not recorded". */
  readonly value: string | null;
  readonly count: number;
}

/** Values of one field with their counts, largest first. A field's own terms do not narrow its counts; every other part does. */
export interface Facet {
  readonly field: TermField;
  readonly values: readonly FacetValue[];
  /** Distinct values there are; more than `values` holds when cut. */
  readonly distinct: number;
}

export interface HistogramBucket {
  readonly startUs: number;
  readonly passed: number;
  readonly blocked: number;
}

export interface Histogram {
  readonly bucketUs: number;
  readonly buckets: readonly HistogramBucket[];
  readonly coverage: Coverage;
}

/** How a text compares with the hash recorded for it. Three states, never two. */
export type HashState = 'match' | 'differ' | 'unknown';

/** One entry whole, as a person reads it. */
export interface EntryDetail {
  readonly row: EntryRow;
  readonly input_hash: string;
  readonly output_hash: string;
  /** The line as stored, without its end, cut after 262,144 characters. Content is in it only as it is stored. */
  readonly raw: string;
  readonly rawCut: boolean;
  readonly input: StoredContent;
  readonly output: StoredContent;
  /** Metadata as stored JSON text, every digit kept, cut after 262,144 characters. */
  readonly metadata: string;
  readonly metadataCut: boolean;
  /** Fields that the format does not know, as stored JSON text by name. */
  readonly unknownFields: readonly { readonly name: string; readonly json: string }[];
}

/** What is stored of an input or output, before anything is revealed. */
export interface StoredContent {
  readonly kind: ContentKind;
  /** UTF-8 bytes of the stored text. */
  readonly byteLength: number;
  /** When the Fernet token was made, by its own account, seconds since the epoch; null where there is none. */
  readonly tokenTimeS: number | null;
}

/** Content revealed on request. Lives in the renderer until it is locked, closed or left. */
export type RevealedContent =
  | { readonly state: 'none' }
  | {
      readonly state: 'shown';
      readonly text: string;
      readonly textCut: boolean;
      readonly hash: HashState;
      /** Fingerprint of the key that opened it; null where the text was stored plain. */
      readonly keyFingerprint: string | null;
    }
  | { readonly state: 'failed'; readonly error: WireError };

export interface RevealedEntry {
  readonly input: RevealedContent;
  readonly output: RevealedContent;
}

/** A key as the renderer may know it: never the key itself. */
export interface KeySummary {
  readonly fingerprint: string;
  readonly name: string;
  readonly importedAtMs: number;
  /** true where the system's key store keeps it for the next time. */
  readonly remembered: boolean;
  /** true for a remembered key that is not in memory: it opens nothing until it is unlocked. */
  readonly locked: boolean;
}

/** Why the desk was locked. */
export type LockedBecause = 'asked' | 'idle';

export interface RetentionDay {
  /** `YYYY-MM-DD`, UTC. */
  readonly day: string;
  readonly entries: number;
}

export interface RetentionFile {
  readonly file: string;
  readonly removed: number;
  readonly kept: number;
  /** Lines that cannot be read; always kept, and so is their file. */
  readonly unreadable: number;
  readonly outcome: 'removed' | 'rewritten';
  readonly bytes: number;
}

/** What a cleanup would do, before it does anything. */
export interface RetentionPreview {
  readonly retentionDays: number;
  /** Entries at or before it go. Microseconds since the epoch. */
  readonly cutoffUs: number;
  readonly entries: number;
  readonly kept: number;
  readonly days: readonly RetentionDay[];
  readonly files: readonly RetentionFile[];
  /** The words a person must type to confirm. */
  readonly confirmation: string;
  readonly coverage: Coverage;
}

/** What a cleanup did. */
export interface RetentionReceipt {
  readonly cutoffUs: number;
  readonly removed: number;
  readonly kept: number;
  readonly filesRemoved: number;
  readonly filesRewritten: number;
  readonly unreadableKept: number;
  readonly startedAtMs: number;
  readonly endedAtMs: number;
  /** true when it was stopped: whole files were done, the rest is untouched. */
  readonly stopped: boolean;
}

/** A found text with what stands around it. */
export interface TextSnippet {
  readonly before: string;
  readonly match: string;
  readonly after: string;
  /** How often it stands in the whole text. */
  readonly matches: number;
}

/** An entry whose content holds what was looked for. The snippets are plaintext: they go with the lock. */
export interface ContentHit {
  readonly ref: EntryRef;
  /** Microseconds since the epoch, UTC. */
  readonly epochUs: number;
  readonly blocked: boolean;
  readonly input: TextSnippet | null;
  readonly output: TextSnippet | null;
}

/** Most hits of one search that are kept to be shown; all are counted. */
export const MAX_KEPT_HITS = 10_000;

/** What a search in content has come to. */
export interface ContentSearchCounts {
  /** Entries that were looked through. */
  readonly searched: number;
  /** Entries that hold the text; at most {@link MAX_KEPT_HITS} of them can be asked for. */
  readonly hits: number;
  /** Texts that no key opens, or that are damaged: what is in them nobody knows. */
  readonly notOpened: number;
  /** Entries of which no content is stored. */
  readonly withoutContent: number;
}

/** What a search in content came to in the end. */
export interface ContentSearchReport extends ContentSearchCounts {
  /** Entries that were to be looked through. */
  readonly entries: number;
  /** true when it was stopped before its end. */
  readonly stopped: boolean;
  readonly coverage: Coverage;
}

/** Why results of a search were let go of. */
export type ForgottenBecause = 'lock' | 'idle' | 'closed';

/** What an export wrote. */
export interface ExportReceipt {
  readonly path: string;
  /** The file beside it that says what it holds: source, filter, zone, counts, digest. */
  readonly aboutPath: string;
  readonly entries: number;
  readonly bytes: number;
  /** SHA-256 of the file, lower-case hex. */
  readonly sha256: string;
  /** How far the log was read when the entries were chosen; anything but `complete` means that some may be missing. */
  readonly coverage: Coverage;
  /** CSV cells that got an apostrophe in front, so that no spreadsheet takes them for a formula. */
  readonly defusedCells: number;
  /** With decrypted content: texts that were opened, and those that no key opens and that stand in the file as stored. */
  readonly opened: number;
  readonly notOpened: number;
}

export interface FolderListing {
  readonly path: string;
  readonly parent: string | null;
  readonly folders: readonly { readonly name: string; readonly path: string; readonly logFiles: number | null }[];
  /** Log files in this folder itself. */
  readonly logFiles: number;
}

export interface HostInfo {
  readonly kind: 'electron' | 'web';
  readonly version: string;
  readonly platform: string;
  /** true where `sources.chooseFolder` opens the system's own dialog. */
  readonly nativeDialogs: boolean;
  /** Why keys cannot be remembered in the system's own key store, as a sentence; null where they can. */
  readonly keyStoreObstacle: string | null;
}

export interface DeskSettings {
  /** IANA name, `UTC` or `local`. */
  readonly timeZone: string;
  readonly colorScheme: 'auto' | 'light' | 'dark';
  /** Keys of the metadata that a person wants counted beside the other fields, where a log has them. */
  readonly facetKeys: readonly string[];
  /** Names of the filter groups that are folded up. */
  readonly foldedFacets: readonly string[];
}

// -------------------------------------------------------------------------------------------------------------- contract

declare const outputType: unique symbol;

/** One operation: how its input is parsed, and (as a type only) what comes out. */
export interface Operation<Input extends z.ZodType, Output> {
  readonly input: Input;
  readonly [outputType]?: Output;
}

function operation<Input extends z.ZodType>(input: Input) {
  return { returns: <Output>(): Operation<Input, Output> => ({ input }) };
}

const nothing = z.strictObject({});
const ofSource = z.strictObject({ sourceId });
const viewId = z.string().min(1).max(64);

/** Every operation of the desk by name. */
export const contract = {
  'host.info': operation(nothing).returns<HostInfo>(),
  'settings.get': operation(nothing).returns<DeskSettings>(),
  'settings.set': operation(
    z.strictObject({
      timeZone: z.string().min(1).max(64).optional(),
      colorScheme: z.enum(['auto', 'light', 'dark']).optional(),
      facetKeys: z.array(z.string().min(1).max(256)).max(32).readonly().optional(),
      foldedFacets: z.array(z.string().min(1).max(300)).max(64).readonly().optional(),
    }),
  ).returns<DeskSettings>(),

  /** How the window was arranged when this source was open last. */
  'layout.get': operation(ofSource).returns<WindowLayout>(),
  'layout.set': operation(z.strictObject({ sourceId, layout: windowLayoutSchema })).returns<null>(),

  'sources.recent': operation(nothing).returns<readonly RecentSource[]>(),
  'sources.star': operation(z.strictObject({ location: sourceLocationSchema, starred: z.boolean() })).returns<null>(),
  'sources.forget': operation(z.strictObject({ location: sourceLocationSchema })).returns<null>(),
  /** The system's folder dialog; null when it was dismissed. `not_supported_here` where there is none. */
  'sources.chooseFolder': operation(nothing).returns<string | null>(),
  /** Folders on the host's side, for hosts without a dialog. null begins at the home folder. */
  'sources.browseFolders': operation(z.strictObject({ path: path.nullable() })).returns<FolderListing>(),
  'sources.open': operation(
    z.strictObject({ location: sourceLocationSchema, credentials: typedCredentialsSchema.nullable() }),
  ).returns<OpenSource>(),
  /** Lists the bucket with at most one key, and says by code what stands in the way. Opens nothing. */
  'sources.testBucket': operation(
    z.strictObject({ location: sourceLocationSchema, credentials: typedCredentialsSchema.nullable() }),
  ).returns<{ readonly objectsSeen: number }>(),
  /** Names of the buckets that may be listed: what is offered while one is typed. Opens nothing. */
  'buckets.list': operation(
    z.strictObject({ reach: bucketReachSchema, credentials: typedCredentialsSchema.nullable() }),
  ).returns<readonly string[]>(),
  /** Prefixes one level below the last slash of `prefix`. Opens nothing. */
  'buckets.prefixes': operation(
    z.strictObject({
      reach: bucketReachSchema,
      bucket: bucketFields.bucket,
      prefix: bucketFields.prefix,
      credentials: typedCredentialsSchema.nullable(),
    }),
  ).returns<readonly string[]>(),
  /** Writes the sample log once and opens it. */
  'sources.openSample': operation(nothing).returns<OpenSource>(),
  /** Sources that are open in this run, for a window that is reloaded, and the one asked for on the command line. */
  'sources.current': operation(nothing).returns<OpenSource | null>(),
  'sources.close': operation(ofSource).returns<null>(),
  /** Looks at the source again and reads what is new. Answers when reading has begun. */
  'sources.refresh': operation(ofSource).returns<Coverage>(),
  'sources.stopReading': operation(ofSource).returns<Coverage>(),

  'entries.page': operation(
    z.strictObject({ sourceId, query: entryQuerySchema, page: pageSchema }),
  ).returns<EntryPage>(),
  /** Position of an entry in a view, or null where the view does not hold it. */
  'entries.position': operation(z.strictObject({ sourceId, query: entryQuerySchema, ref: entryRefSchema })).returns<
    number | null
  >(),
  'entries.facets': operation(
    z.strictObject({
      sourceId,
      filter: entryFilterSchema,
      fields: z.array(termFieldSchema).min(1).max(32),
      limit: z.number().int().min(1).max(1000),
      /** Only values that hold this text, ignoring case. */
      contains: z.string().min(1).max(256).optional(),
    }),
  ).returns<readonly Facet[]>(),
  /** How numbers are spread, field by field. */
  'entries.spreads': operation(
    z.strictObject({ sourceId, filter: entryFilterSchema, fields: z.array(z.enum(NUMBER_FIELDS)).min(1).max(8) }),
  ).returns<readonly NumberSpread[]>(),
  /** Keys of the metadata in the whole log, the most frequent first, 500 at most. */
  'entries.metadataKeys': operation(ofSource).returns<readonly MetadataKey[]>(),
  /** How many entries match each of several filters: which part of a filter excludes most. */
  'entries.counts': operation(
    z.strictObject({ sourceId, filters: z.array(entryFilterSchema).min(1).max(128) }),
  ).returns<readonly number[]>(),
  /** Hashes a text here and looks for the hash. The text is neither kept nor sent on. `unencodable_text` where it has no UTF-8. */
  'entries.findText': operation(
    z.strictObject({ sourceId, text: z.string().max(1_000_000), filter: entryFilterSchema }),
  ).returns<FoundText>(),
  'entries.histogram': operation(
    z.strictObject({ sourceId, filter: entryFilterSchema, buckets: z.number().int().min(1).max(2000) }),
  ).returns<Histogram>(),
  /** What the charts show: volume, blocks, latency, detectors and tokens of a view. */
  'entries.statistics': operation(
    z.strictObject({ sourceId, filter: entryFilterSchema, buckets: z.number().int().min(1).max(500) }),
  ).returns<Statistics>(),
  /** Days of a span that have entries, for the calendar. */
  'entries.days': operation(ofSource).returns<readonly RetentionDay[]>(),
  'entries.detail': operation(z.strictObject({ sourceId, ref: entryRefSchema })).returns<EntryDetail>(),
  'entries.reveal': operation(z.strictObject({ sourceId, ref: entryRefSchema })).returns<RevealedEntry>(),
  'entries.unreadable': operation(z.strictObject({ sourceId, page: pageSchema })).returns<{
    readonly lines: readonly (UnreadableLine & { readonly rawStart: string })[];
    readonly total: number;
  }>(),
  /** Records an interaction in the open source; content is kept plain, encrypted with a known key, or not at all. */
  'entries.record': operation(
    z.strictObject({
      sourceId,
      interaction: interactionSchema,
      content: z.discriminatedUnion('store', [
        z.strictObject({ store: z.literal('hash_only') }),
        z.strictObject({ store: z.literal('plain') }),
        z.strictObject({ store: z.literal('encrypted'), fingerprint: z.string().min(1).max(128) }),
      ]),
    }),
  ).returns<{ readonly id: string }>(),

  /**
   * Writes entries to a new file on the host's side: a temporary file beside it, synced, renamed. Progress comes as `job.progress`
   * under `jobId`. `file_exists` where there is one and `replace` is not set; `cancelled` when it was stopped, and nothing is left.
   */
  'entries.export': operation(
    z.strictObject({
      sourceId,
      entries: entryChoiceSchema,
      format: exportFormatSchema,
      /** Absolute. */
      path,
      replace: z.boolean(),
      /** Puts plaintext in place of encrypted content where a key opens it. */
      decrypted: z.boolean(),
      /** IANA name: the zone of the times that are written for people. */
      timeZone: z.string().min(1).max(64),
      jobId: z.string().min(1).max(64),
    }),
  ).returns<ExportReceipt>(),
  /** The system's save dialog, which asks before a file is replaced; null when it was dismissed. */
  'entries.chooseExportFile': operation(z.strictObject({ suggestedName: z.string().min(1).max(255) })).returns<{
    readonly path: string;
    /** true where the file is there already, and the dialog was told to replace it. */
    readonly replace: boolean;
  } | null>(),

  /**
   * Looks for a text in the content of entries, opened in memory with every key there is. Progress comes as `job.progress` under the
   * search's id, hits as `search.found`. Results are kept until they are forgotten: by the next call, the lock, or the source's closing.
   */
  'content.search': operation(
    z.strictObject({
      sourceId,
      filter: entryFilterSchema,
      text: z
        .string()
        .max(1024)
        .refine((text) => text.trim() !== '', 'must not be empty'),
      matchCase: z.boolean(),
      searchId: z.string().min(1).max(64),
    }),
  ).returns<ContentSearchReport>(),
  /** Hits so far, newest entry first. `entry_not_found` where the results were forgotten. */
  'content.hits': operation(z.strictObject({ searchId: z.string().min(1).max(64), page: pageSchema })).returns<{
    readonly hits: readonly ContentHit[];
    readonly total: number;
  }>(),
  'content.forget': operation(z.strictObject({ searchId: z.string().min(1).max(64) })).returns<null>(),

  'keys.list': operation(nothing).returns<readonly KeySummary[]>(),
  /** `text` is a pasted key; it passes through once and is never sent back. */
  'keys.import': operation(
    z.strictObject({ name: z.string().max(200), text: z.string().min(1).max(4096) }),
  ).returns<KeySummary>(),
  'keys.importFile': operation(z.strictObject({ name: z.string().max(200), path })).returns<KeySummary>(),
  /** The system's file dialog; null when it was dismissed. */
  'keys.chooseFile': operation(nothing).returns<KeySummary | null>(),
  /** Makes a key, writes it to a new file with mode 0600, and imports it. */
  'keys.generate': operation(z.strictObject({ name: z.string().max(200), path })).returns<KeySummary>(),
  /** From a variable of the environment that the desk runs in. `invalid_argument` where it is not set; its value is never repeated. */
  'keys.importEnvironment': operation(
    z.strictObject({ name: z.string().max(200), variable: z.string().regex(/^[A-Za-z_][A-Za-z0-9_]{0,127}$/) }),
  ).returns<KeySummary>(),
  /** Keeps a key in the system's key store, or no longer. `not_supported_here` where there is no real one. */
  'keys.remember': operation(
    z.strictObject({ fingerprint: z.string().min(1).max(128), remember: z.boolean() }),
  ).returns<null>(),
  /** Lets go of all plaintext and of every key in memory; remembered keys stay in the system's key store. */
  'keys.lock': operation(nothing).returns<null>(),
  /** Takes remembered keys into memory again. `permission_denied` where the system's key store does not give one back. */
  'keys.unlock': operation(nothing).returns<readonly KeySummary[]>(),
  /** A person has touched the window: puts off the lock that comes after ten idle minutes. */
  'keys.touch': operation(nothing).returns<null>(),
  'keys.forget': operation(z.strictObject({ fingerprint: z.string().min(1).max(128) })).returns<null>(),

  'retention.preview': operation(
    z.strictObject({ sourceId, retentionDays: z.number().int().min(0).max(100_000) }),
  ).returns<RetentionPreview>(),
  /** Runs what was previewed: same cutoff, typed confirmation. Progress comes as `job.progress` under `jobId`. */
  'retention.run': operation(
    z.strictObject({
      sourceId,
      retentionDays: z.number().int().min(0).max(100_000),
      cutoffUs: z.number().int(),
      confirmation: z.string().max(200),
      jobId: z.string().min(1).max(64),
    }),
  ).returns<RetentionReceipt>(),

  /** Saved views of the open source, in the order a person gave them. */
  'views.list': operation(ofSource).returns<readonly SavedView[]>(),
  /** Keeps a view under a name. `invalid_argument` where the name is taken, unless `replace` says that it is meant. */
  'views.save': operation(
    z.strictObject({ sourceId, name: viewNameSchema, content: viewContentSchema, replace: z.boolean() }),
  ).returns<readonly SavedView[]>(),
  'views.rename': operation(z.strictObject({ sourceId, viewId, name: viewNameSchema })).returns<readonly SavedView[]>(),
  'views.delete': operation(z.strictObject({ sourceId, viewId })).returns<readonly SavedView[]>(),
  /** Puts a view at a place among the others, counted from 0. */
  'views.move': operation(z.strictObject({ sourceId, viewId, toIndex: z.number().int().min(0).max(1000) })).returns<
    readonly SavedView[]
  >(),
  /** Every view of the source as JSON text. */
  'views.export': operation(ofSource).returns<{ readonly text: string }>(),
  /** Adds views from such a text behind those that are there. All or none; a taken name gets a number. */
  'views.import': operation(z.strictObject({ sourceId, text: z.string().min(1).max(4_000_000) })).returns<{
    readonly views: readonly SavedView[];
    readonly imported: number;
  }>(),

  /** Stops long work that was started under this id. */
  'jobs.stop': operation(z.strictObject({ jobId: z.string().min(1).max(64) })).returns<null>(),
} as const;

export type Contract = typeof contract;
export type OperationName = keyof Contract;
export type OperationInput<Name extends OperationName> = z.output<Contract[Name]['input']>;
/** What a caller may write: defaults need not be filled in. */
export type OperationCall<Name extends OperationName> = z.input<Contract[Name]['input']>;
export type OperationOutput<Name extends OperationName> =
  Contract[Name] extends Operation<z.ZodType, infer Output> ? Output : never;

/** Every event by name: what the desk tells the window unasked. */
export interface DeskEvents {
  /** The index of a source changed, or its coverage did. At most ten a second for each source. */
  readonly 'source.changed': { readonly sourceId: string; readonly revision: number; readonly coverage: Coverage };
  readonly 'source.opened': { readonly source: OpenSource };
  readonly 'source.closed': { readonly sourceId: string };
  readonly 'keys.changed': { readonly keys: readonly KeySummary[] };
  /** A command that was chosen in the system's menu, by the name that the window's own list of commands has for it. */
  readonly 'menu.command': { readonly command: string };
  readonly 'views.changed': { readonly sourceId: string; readonly views: readonly SavedView[] };
  /** All plaintext is gone from the desk; windows let go of what they show. */
  readonly 'desk.locked': { readonly because: LockedBecause };
  readonly 'search.found': { readonly searchId: string } & ContentSearchCounts;
  /** Plaintext of a search is gone from the desk; whoever shows some lets go of it. */
  readonly 'search.forgotten': { readonly searchId: string; readonly because: ForgottenBecause };
  readonly 'job.progress': {
    readonly jobId: string;
    readonly done: number;
    readonly total: number;
    /** What is being counted: `files`, `entries`, `bytes`. */
    readonly unit: 'files' | 'entries' | 'bytes';
  };
}
export type DeskEventName = keyof DeskEvents;

/** Every name of {@link DeskEvents}, for carriers that must check what crosses them. */
export const DESK_EVENT_NAMES = [
  'source.changed',
  'source.opened',
  'source.closed',
  'keys.changed',
  'menu.command',
  'views.changed',
  'desk.locked',
  'search.found',
  'search.forgotten',
  'job.progress',
] as const satisfies readonly DeskEventName[];

/** True for the name of an operation of the contract; inherited names such as `__proto__` are none. */
export function isOperationName(name: unknown): name is OperationName {
  return typeof name === 'string' && Object.hasOwn(contract, name);
}

/** What comes back over any carrier. */
export type Reply<Output> =
  | { readonly ok: true; readonly value: Output }
  | { readonly ok: false; readonly error: WireError };

/** The implementation of the contract. Inputs are parsed already. */
export type DeskHandlers = {
  readonly [Name in OperationName]: (input: OperationInput<Name>) => Promise<OperationOutput<Name>>;
};

/**
 * The one bridge that a host puts into the window, as `window.auditDesk`. Values cross as JSON text, as they do over HTTP: what
 * works in one host works in the other, and no copy on the way drops a key such as `__proto__`.
 */
export interface DeskBridge {
  /** Input as JSON text; answers a {@link Reply} as JSON text. */
  invoke(name: string, inputJson: string): Promise<string>;
  /** Listens to every event, its payload as JSON text; answers how to stop listening. */
  subscribe(listener: (name: string, payloadJson: string) => void): () => void;
  /** Path of a file or folder that a person dropped onto the window; empty for what is no file of this machine. */
  pathOf(file: File): string;
}

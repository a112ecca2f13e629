/** Entries one by one: rows, pages, an entry whole, its content on request, and the lines that are none. */

import type { Coverage, UnreadableLine } from '../coverage.ts';
import type { ContentKind } from '../entry.ts';
import type { WireError } from '../errors.ts';
import { entryFilterSchema, entryQuerySchema, pageSchema } from '../query.ts';
import { z } from '../schema.ts';
import type { FoundText } from '../summaries.ts';
import { operation, sourceId } from './operation.ts';

/** Names one entry: where its line lies, and the id that must stand there. */
export const entryRefSchema = z.strictObject({
  file: z.string().min(1).max(4096),
  byteOffset: z.number().int().min(0),
  byteLength: z.number().int().min(1),
  id: z.string().min(1).max(8192),
});
export type EntryRef = z.infer<typeof entryRefSchema>;

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

/** Operations that answer entries. */
export const entryOperations = {
  'entries.page': operation(
    z.strictObject({ sourceId, query: entryQuerySchema, page: pageSchema }),
  ).returns<EntryPage>(),
  /** Position of an entry in a view, or null where the view does not hold it. */
  'entries.position': operation(z.strictObject({ sourceId, query: entryQuerySchema, ref: entryRefSchema })).returns<
    number | null
  >(),
  'entries.detail': operation(z.strictObject({ sourceId, ref: entryRefSchema })).returns<EntryDetail>(),
  'entries.reveal': operation(z.strictObject({ sourceId, ref: entryRefSchema })).returns<RevealedEntry>(),
  'entries.unreadable': operation(z.strictObject({ sourceId, page: pageSchema })).returns<{
    readonly lines: readonly (UnreadableLine & { readonly rawStart: string })[];
    readonly total: number;
  }>(),
  /** Hashes a text here and looks for the hash. The text is neither kept nor sent on. `unencodable_text` where it has no UTF-8. */
  'entries.findText': operation(
    z.strictObject({ sourceId, text: z.string().max(1_000_000), filter: entryFilterSchema }),
  ).returns<FoundText>(),
} as const;

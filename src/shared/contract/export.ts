/** Writing chosen entries to a file. */

import type { Coverage } from '../coverage.ts';
import { entryFilterSchema } from '../query.ts';
import { z } from '../schema.ts';
import { entryRefSchema } from './entries.ts';
import { operation, path, sourceId } from './operation.ts';

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

/** Operations that write chosen entries elsewhere. */
export const exportOperations = {
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
} as const;

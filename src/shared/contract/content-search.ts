/** Looking for a text in content that is opened in memory. */

import type { Coverage } from '../coverage.ts';
import { entryFilterSchema, pageSchema } from '../query.ts';
import { z } from '../schema.ts';
import type { EntryRef } from './entries.ts';
import { operation, sourceId } from './operation.ts';

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

/** Operations of the search in content. */
export const contentSearchOperations = {
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
} as const;

import type { ContentKind } from '../../shared/entry.ts';

/** Kinds of content by the number under which the index keeps them. */
export const CONTENT_KINDS = ['none', 'plain', 'encrypted'] as const satisfies readonly ContentKind[];

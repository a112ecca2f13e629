/** Recording an interaction by hand. */

import { interactionSchema } from '../interaction.ts';
import { z } from '../schema.ts';
import { operation, sourceId } from './operation.ts';

/** Operations that add to a log. */
export const recordingOperations = {
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
} as const;

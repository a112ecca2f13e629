/** What a program or a person hands in to be recorded. */

import { AuditError } from './errors.ts';
import { isJsonObject, type JsonObject } from './lossless-json.ts';
import { z } from './schema.ts';

const text = z.string();
const count = z.union([z.number().int().min(0), z.bigint().min(0n)]);

/** One interaction before it is an entry: the plain texts and what is known about them. Field names are the recorded ones. */
export const interactionSchema = z.strictObject({
  input: text,
  output: text,
  provider: text.nullable().default(null),
  model: text.nullable().default(null),
  conversation_id: text.nullable().default(null),
  safety_passed: z.boolean().default(true),
  detectors_triggered: z.array(text).default([]),
  block_reason: text.nullable().default(null),
  alerts: z.array(text).default([]),
  latency_ms: z.number().default(0),
  input_tokens: count.nullable().default(null),
  output_tokens: count.nullable().default(null),
  metadata: z.custom<JsonObject>(isJsonObject, 'must be a JSON object').default(() => ({})),
});

/** An interaction as callers write it: only `input` and `output` are required. */
export type InteractionInput = z.input<typeof interactionSchema>;
/** An interaction with every default filled in. */
export type Interaction = z.output<typeof interactionSchema>;

/** An interaction with its defaults filled in. `invalid_argument` names the fields that are wrong, without their values. */
export function parseInteraction(input: InteractionInput): Interaction {
  const parsed = interactionSchema.safeParse(input);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(({ path, message }) => [path.join('.'), message].filter(Boolean).join(': '));
  throw new AuditError('invalid_argument', `This interaction cannot be recorded. ${problems.join('. ')}.`, {
    cause: parsed.error,
  });
}

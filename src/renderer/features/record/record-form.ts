/** The record form's fields, and the interaction they mean. */
import type { OperationCall } from '../../../shared/contract.ts';
import { isJsonObject, type JsonObject, type JsonValue, readJson } from '../../../shared/lossless-json.ts';

type RecordCall = OperationCall<'entries.record'>;

/** What becomes of the texts: `hash_only`, `plain`, or the fingerprint of a key. */
export type StoreChoice = 'hash_only' | 'plain' | 'encrypted';

/** The fields as they are typed. */
export interface RecordFields {
  readonly input: string;
  readonly output: string;
  readonly provider: string;
  readonly model: string;
  readonly conversation: string;
  readonly blocked: boolean;
  readonly blockReason: string;
  readonly detectors: readonly string[];
  readonly latencyMs: number | string;
  readonly inputTokens: number | string;
  readonly outputTokens: number | string;
  readonly metadata: string;
  readonly store: StoreChoice;
  readonly fingerprint: string;
}

/** A form that was just opened. */
export const EMPTY_RECORD_FIELDS: RecordFields = {
  input: '',
  output: '',
  provider: '',
  model: '',
  conversation: '',
  blocked: false,
  blockReason: '',
  detectors: [],
  latencyMs: '',
  inputTokens: '',
  outputTokens: '',
  metadata: '',
  store: 'hash_only',
  fingerprint: '',
};

/** Sentences by field, for fields that cannot stay as they are. */
export type RecordProblems = Partial<Record<keyof RecordFields, string>>;

/** What the fields mean, or what is wrong with them. */
export type RecordReading =
  | { readonly ok: true; readonly interaction: RecordCall['interaction']; readonly content: RecordCall['content'] }
  | { readonly ok: false; readonly problems: RecordProblems };

/** True where a value holds a number that the wire between window and desk does not carry. */
function holdsUncarriedNumber(value: JsonValue): boolean {
  if (typeof value === 'bigint') return true;
  if (typeof value === 'number') return !Number.isFinite(value);
  if (Array.isArray(value)) return value.some(holdsUncarriedNumber);
  return isJsonObject(value) && Object.values(value).some(holdsUncarriedNumber);
}

function readMetadata(text: string): JsonObject | string {
  if (text.trim() === '') return {};
  const reading = readJson(text);
  if (!reading.ok) return `This is no JSON. ${reading.reason}`;
  if (!isJsonObject(reading.value)) return 'Metadata is a JSON object, such as {"department": "claims"}.';
  if (holdsUncarriedNumber(reading.value)) {
    return 'A number here is NaN, infinite or past 2^53 and would not be kept exactly. Write it as a text, in quotes.';
  }
  return reading.value;
}

function textOrNull(text: string): string | null {
  return text.trim() === '' ? null : text.trim();
}

function countOrNull(value: number | string): number | null {
  return typeof value === 'number' ? value : null;
}

/** Reads the fields. */
export function readRecordFields(fields: RecordFields): RecordReading {
  const problems: Partial<Record<keyof RecordFields, string>> = {};
  const metadata = readMetadata(fields.metadata);
  if (typeof metadata === 'string') problems.metadata = metadata;
  if (fields.input === '') problems.input = 'Enter what was asked.';
  if (!fields.input.isWellFormed()) problems.input = 'This text holds half a character and cannot be hashed.';
  if (!fields.output.isWellFormed()) problems.output = 'This text holds half a character and cannot be hashed.';
  if (fields.store === 'encrypted' && fields.fingerprint === '') problems.fingerprint = 'Choose a key.';
  if (Object.keys(problems).length > 0 || typeof metadata === 'string') return { ok: false, problems };
  return {
    ok: true,
    interaction: {
      input: fields.input,
      output: fields.output,
      provider: textOrNull(fields.provider),
      model: textOrNull(fields.model),
      conversation_id: textOrNull(fields.conversation),
      safety_passed: !fields.blocked,
      detectors_triggered: [...fields.detectors],
      block_reason: fields.blocked ? textOrNull(fields.blockReason) : null,
      latency_ms: countOrNull(fields.latencyMs) ?? 0,
      input_tokens: countOrNull(fields.inputTokens),
      output_tokens: countOrNull(fields.outputTokens),
      metadata,
    },
    content:
      fields.store === 'encrypted' ? { store: 'encrypted', fingerprint: fields.fingerprint } : { store: fields.store },
  };
}

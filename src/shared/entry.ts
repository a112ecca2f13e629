/**
 * The audit entry: 17 recorded fields, in the order in which the Python original writes them. A recorded field keeps its stored
 * name everywhere (on disk, in types, in filters, in exports), so nothing is ever translated.
 */
import { AuditError } from './errors.ts';
import { isJsonObject, type JsonObject, type JsonValue, readJson, writeJson, writeJsonFloat } from './lossless-json.ts';
import { parseTimestamp } from './timestamp.ts';

/** The recorded fields in the order in which they are written. The Python reader dies on any other field. */
export const ENTRY_FIELDS = [
  'id',
  'timestamp',
  'input_hash',
  'output_hash',
  'input_content',
  'output_content',
  'provider',
  'model',
  'conversation_id',
  'safety_passed',
  'detectors_triggered',
  'block_reason',
  'alerts',
  'latency_ms',
  'input_tokens',
  'output_tokens',
  'metadata',
] as const;

/** One of {@link ENTRY_FIELDS}. */
export type EntryField = (typeof ENTRY_FIELDS)[number];

/** One interaction with an AI system, as recorded. */
export interface AuditEntry {
  /** UUID v4 when written here; any non-empty text when read. */
  readonly id: string;
  /** ISO 8601, UTC without a zone mark when written here; read with any fraction and zone. See timestamp.ts. */
  readonly timestamp: string;
  /** SHA-256 of the plaintext's UTF-8 in lower-case hex, taken before encryption. */
  readonly input_hash: string;
  /** See {@link AuditEntry.input_hash}. */
  readonly output_hash: string;
  /** null (not stored), plain text, or base64url of a Fernet token. */
  readonly input_content: string | null;
  /** See {@link AuditEntry.input_content}. */
  readonly output_content: string | null;
  readonly provider: string | null;
  readonly model: string | null;
  readonly conversation_id: string | null;
  /** false means that a safety check blocked the interaction. */
  readonly safety_passed: boolean;
  readonly detectors_triggered: readonly string[];
  readonly block_reason: string | null;
  readonly alerts: readonly string[];
  /** Milliseconds. May be NaN or infinite in logs that Python wrote. */
  readonly latency_ms: number;
  /** A bigint where the recorded integer is past 2^53. */
  readonly input_tokens: number | bigint | null;
  /** See {@link AuditEntry.input_tokens}. */
  readonly output_tokens: number | bigint | null;
  readonly metadata: JsonObject;
}

/** How a content field is stored, told from its text alone. */
export type ContentKind = 'none' | 'plain' | 'encrypted';

const NOT_BASE64URL = /[^A-Za-z0-9_=-]/;

/**
 * Tells how a stored content text is kept: encrypted content is base64url of a Fernet token (begins `Z0FBQUFB`), or a bare
 * token (begins `gAAAAA`).
 */
export function contentKind(stored: string | null): ContentKind {
  if (stored === null) return 'none';
  const prefix = stored.startsWith('Z0FBQUFB') ? 8 : stored.startsWith('gAAAAA') ? 6 : 0;
  return prefix > 0 && stored.length > prefix && !NOT_BASE64URL.test(stored) ? 'encrypted' : 'plain';
}

/** What reading an entry came to: the entry with its time, or why it is none, as a sentence without the entry's text. */
export type EntryReading =
  | {
      readonly kind: 'entry';
      readonly entry: AuditEntry /** Microseconds since the epoch. */;
      readonly epochUs: number;
    }
  | { readonly kind: 'unreadable'; readonly reason: string };

/** Why a value is no entry; caught where reading began. */
class EntryFault extends Error {}

function requiredText(object: JsonObject, field: EntryField): string {
  const value = object[field];
  if (typeof value === 'string') return value;
  throw new EntryFault(value === undefined ? `The field ${field} is missing.` : `The field ${field} is not a text.`);
}

function optionalText(object: JsonObject, field: EntryField): string | null {
  const value = object[field];
  if (value === undefined || value === null) return null;
  if (typeof value === 'string') return value;
  throw new EntryFault(`The field ${field} is neither a text nor null.`);
}

const NO_TEXTS: readonly string[] = Object.freeze([]);

function textList(object: JsonObject, field: EntryField): readonly string[] {
  const value = object[field];
  if (value === undefined || value === null) return NO_TEXTS;
  if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return value;
  throw new EntryFault(`The field ${field} is not a list of texts.`);
}

function tokenCount(object: JsonObject, field: EntryField): number | bigint | null {
  const value = object[field];
  if (value === undefined || value === null) return null;
  if (typeof value === 'number' || typeof value === 'bigint') return value;
  throw new EntryFault(`The field ${field} is neither a number nor null.`);
}

function latency(object: JsonObject): number {
  const value = object['latency_ms'];
  if (value === undefined || value === null) return 0;
  if (typeof value === 'number') return value;
  if (typeof value === 'bigint') return Number(value);
  throw new EntryFault('The field latency_ms is not a number.');
}

function safetyPassed(object: JsonObject): boolean {
  const value = object['safety_passed'];
  if (value === undefined) return true;
  if (typeof value === 'boolean') return value;
  throw new EntryFault('The field safety_passed is neither true nor false.');
}

function metadata(object: JsonObject): JsonObject {
  const value = object['metadata'];
  if (value === undefined || value === null) return {};
  if (isJsonObject(value)) return value;
  throw new EntryFault('The field metadata is not an object.');
}

function readObject(object: JsonObject): EntryReading {
  const id = requiredText(object, 'id');
  if (id === '') throw new EntryFault('The field id is empty.');
  const timestamp = requiredText(object, 'timestamp');
  const epochUs = parseTimestamp(timestamp);
  if (epochUs === null) {
    throw new EntryFault('The field timestamp is not an ISO 8601 time between the years 1684 and 2255.');
  }
  const entry: AuditEntry = {
    id,
    timestamp,
    input_hash: requiredText(object, 'input_hash'),
    output_hash: requiredText(object, 'output_hash'),
    input_content: optionalText(object, 'input_content'),
    output_content: optionalText(object, 'output_content'),
    provider: optionalText(object, 'provider'),
    model: optionalText(object, 'model'),
    conversation_id: optionalText(object, 'conversation_id'),
    safety_passed: safetyPassed(object),
    detectors_triggered: textList(object, 'detectors_triggered'),
    block_reason: optionalText(object, 'block_reason'),
    alerts: textList(object, 'alerts'),
    latency_ms: latency(object),
    input_tokens: tokenCount(object, 'input_tokens'),
    output_tokens: tokenCount(object, 'output_tokens'),
    metadata: metadata(object),
  };
  return { kind: 'entry', entry, epochUs };
}

/**
 * Reads a parsed JSON value as an entry. Missing fields take their defaults, and so does a null in a field that has one, except
 * `safety_passed`, which must be a boolean. Fields the format does not know are passed over. Never throws.
 */
export function readEntry(value: JsonValue): EntryReading {
  if (!isJsonObject(value)) return { kind: 'unreadable', reason: 'It is JSON, but not an object.' };
  try {
    return readObject(value);
  } catch (error) {
    if (error instanceof EntryFault) return { kind: 'unreadable', reason: error.message };
    throw error;
  }
}

/** Reads the JSON text of one entry. See {@link readEntry}. */
export function readEntryText(text: string): EntryReading {
  const json = readJson(text);
  return json.ok ? readEntry(json.value) : { kind: 'unreadable', reason: json.reason };
}

/** The entry that a JSON text or a parsed object holds (`from_dict` of the original). `invalid_entry` where it holds none. */
export function entryFromJson(json: string | JsonObject): AuditEntry {
  const reading = typeof json === 'string' ? readEntryText(json) : readEntry(json);
  if (reading.kind === 'entry') return reading.entry;
  throw new AuditError('invalid_entry', `This is not an audit entry. ${reading.reason}`);
}

/**
 * An entry as one line of JSON without its end: exactly the 17 fields in their order, as Python's `json.dumps` writes them.
 * `invalid_entry` where a field is not of its type, `invalid_argument` where the metadata holds what JSON cannot.
 */
export function entryToJson(entry: AuditEntry): string {
  const reading = readEntry(entry as unknown as JsonObject);
  if (reading.kind === 'unreadable') {
    throw new AuditError('invalid_entry', `This is not an audit entry. ${reading.reason}`);
  }
  const checked = reading.entry;
  const members = ENTRY_FIELDS.map((field) => {
    const json = field === 'latency_ms' ? writeJsonFloat(checked.latency_ms) : writeJson(checked[field]);
    return `"${field}": ${json}`;
  });
  return `{${members.join(', ')}}`;
}

/** Names of the query language: what can stand before a colon, and what it means. */
import { closedValues, type NumberField, type TermField } from '../query.ts';

/** What a name before a colon stands for. */
export type NamedField =
  | { readonly kind: 'term'; readonly field: TermField }
  | { readonly kind: 'number'; readonly field: NumberField }
  | { readonly kind: 'hash' }
  /** Not a field that can be asked for; `message` says what to write instead. */
  | { readonly kind: 'refused'; readonly message: string };

/** A field under the name that printing gives it. */
export interface QueryFieldName {
  readonly name: string;
  readonly field: Exclude<NamedField, { kind: 'refused' }>;
  /** Other names that are read as this one. */
  readonly aliases: readonly string[];
}

const term = (name: string, field: TermField, ...aliases: string[]): QueryFieldName => ({
  name,
  field: { kind: 'term', field },
  aliases,
});
const number = (name: string, field: NumberField, ...aliases: string[]): QueryFieldName => ({
  name,
  field: { kind: 'number', field },
  aliases,
});

/** Every field but the metadata's, in the order in which they are offered. */
export const QUERY_FIELD_NAMES: readonly QueryFieldName[] = [
  term('status', 'status'),
  term('provider', 'provider'),
  term('model', 'model'),
  term('detectors', 'detectors_triggered', 'detectors_triggered', 'detector'),
  term('alerts', 'alerts', 'alert'),
  term('conversation', 'conversation_id', 'conversation_id'),
  term('block_reason', 'block_reason', 'reason'),
  number('latency', 'latency_ms', 'latency_ms'),
  number('tokens_in', 'input_tokens', 'input_tokens'),
  number('tokens_out', 'output_tokens', 'output_tokens'),
  term('input_kind', 'input_kind'),
  term('output_kind', 'output_kind'),
  { name: 'hash', field: { kind: 'hash' }, aliases: ['sha256'] },
];

/** What the name of a metadata key begins with where it is written out. */
export const METADATA_PREFIX = 'metadata.';

const REFUSED: ReadonlyMap<string, string> = new Map([
  ['id', 'An id is found by itself: write it without “id:”. A metadata key of that name is metadata.id.'],
  ['timestamp', 'Times are chosen with the range above, not in the search.'],
  ['safety_passed', 'Write status:passed or status:blocked.'],
  ['input_hash', 'Write hash: and the SHA-256; it finds inputs and outputs.'],
  ['output_hash', 'Write hash: and the SHA-256; it finds inputs and outputs.'],
  ['input_content', 'Content is not searched here. “Find by text” finds an input that is known word for word.'],
  ['output_content', 'Content is not searched here. “Find by text” finds an output that is known word for word.'],
  ['metadata', 'Name the key as well: metadata.KEY:value.'],
]);

const BY_NAME: ReadonlyMap<string, NamedField> = new Map<string, NamedField>([
  ...QUERY_FIELD_NAMES.flatMap(({ name, field, aliases }) =>
    [name, ...aliases].map((known): [string, NamedField] => [known, field]),
  ),
  ...[...REFUSED].map(([name, message]): [string, NamedField] => [name, { kind: 'refused', message }]),
]);

/** What a name stands for, whatever its case; null where it is none of the log's own and so may name a metadata key. */
export function namedField(name: string): NamedField | null {
  return BY_NAME.get(name.toLowerCase()) ?? null;
}

/** Name of a field as it is printed; null for a metadata key. */
export function nameOfField(field: TermField | NumberField): string | null {
  const known = QUERY_FIELD_NAMES.find((named) => named.field.kind !== 'hash' && named.field.field === field);
  return known?.name ?? null;
}

/** True for fields of which an entry can have several values. */
export function isListField(field: TermField): boolean {
  return field === 'detectors_triggered' || field === 'alerts';
}

/** True for fields in which `none` is a value like any other: the kind of content that was not kept. */
export function noneIsValue(field: TermField): boolean {
  return closedValues(field) !== null;
}

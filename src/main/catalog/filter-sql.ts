/** The one place that turns a filter into SQL. Everything a person typed is a bound parameter, never a part of the text. */
import { listValue } from '@duckdb/node-api';
import type { EntryFilter, NumberField, NumberFilter, TermField, TermFilter } from '../../shared/query.ts';
import type { Bindings } from './database.ts';

/** Conditions over the table `entries`, and the values of their parameters. */
export interface FilterSql {
  /** A boolean expression; `true` where nothing is asked. */
  readonly where: string;
  readonly bindings: Bindings;
}

/** How a field that has one value an entry reads in SQL, as text; null means "not recorded". */
export type TermSql =
  | { readonly kind: 'value'; readonly sql: string; readonly bindings: Bindings }
  /** A list column, null where it is empty; empty means "not recorded". */
  | { readonly kind: 'list'; readonly sql: string };

/** How a term field reads in SQL. `name` makes its parameters unlike those of other terms. */
export function termSql(field: TermField, name: string): TermSql {
  switch (field) {
    case 'status':
      return value(`CASE WHEN blocked THEN 'blocked' ELSE 'passed' END`);
    case 'provider':
    case 'model':
    case 'conversation_id':
    case 'block_reason':
      return value(field);
    case 'detectors_triggered':
      return { kind: 'list', sql: 'detectors' };
    case 'alerts':
      return { kind: 'list', sql: 'alerts' };
    case 'input_kind':
    case 'output_kind':
      return value(`CASE ${field} WHEN 0 THEN 'none' WHEN 1 THEN 'plain' ELSE 'encrypted' END`);
    default:
      return value(`json_extract_string(metadata, $${name})`, { [name]: metadataPointer(field) });
  }
}

function value(sql: string, bindings: Bindings = {}): TermSql {
  return { kind: 'value', sql, bindings };
}

/** JSON pointer (RFC 6901) of a top-level metadata key. */
function metadataPointer(field: `metadata.${string}`): string {
  return `/${field.slice('metadata.'.length).replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

/** A list column as a list. */
export function listOf(column: string): string {
  return `from_json(${column}, '["VARCHAR"]')`;
}

/** ASCII without letters: no letter becomes one of these in lower case, so columns can be searched as they are. */
const WITHOUT_CASE = /^[ -@[-`{-~]+$/;
const UUID_PART = /^[0-9a-f-]{1,36}$/i;

/** One condition of a filter, its range left out. */
export interface FilterCondition extends FilterSql {
  /** The same for the same condition, whatever filter it is of. */
  readonly key: string;
  /** The term that the condition is; null where it is another kind. */
  readonly term: TermFilter | null;
  /** What the condition looks for in ids that are UUIDs, in lower case, and itself leaves out; null where it looks for nothing there. */
  readonly idPart: string | null;
}

/** The conditions of a filter but for its range. Their parameters may share names: each is asked on its own. */
export function conditionsOf(filter: EntryFilter): readonly FilterCondition[] {
  const conditions: FilterCondition[] = [];
  const add = (kind: string, asked: unknown, sql: FilterSql, more: Partial<FilterCondition> = {}): void => {
    conditions.push({ ...sql, key: `${kind} ${JSON.stringify(asked)}`, term: null, idPart: null, ...more });
  };
  for (const term of filter.terms) add('term', term, termCondition(term, 'term'), { term });
  for (const number of filter.numbers) add('number', number, numberCondition(number, 'number'));
  for (const text of filter.text) {
    const idPart = UUID_PART.test(text) ? text.toLowerCase() : null;
    add('text', text, textCondition(text, 'text', TEXT_COLUMNS), { idPart });
  }
  if (filter.contentHash !== null) add('hash', filter.contentHash, hashCondition(filter.contentHash));
  return conditions;
}

/** Turns a filter into SQL. `skip` leaves out the terms or bounds of one field, as its own facet wants. */
export function filterSql(filter: EntryFilter, skip?: TermField | NumberField): FilterSql {
  const conditions: string[] = [];
  const bindings: Bindings = {};
  const add = (part: FilterSql): void => {
    conditions.push(part.where);
    Object.assign(bindings, part.bindings);
  };
  if (filter.range.fromUs !== null) add({ where: 'epoch_us >= $from_us', bindings: { from_us: filter.range.fromUs } });
  if (filter.range.toUs !== null) add({ where: 'epoch_us <= $to_us', bindings: { to_us: filter.range.toUs } });
  for (const [index, term] of filter.terms.entries()) {
    if (term.field !== skip) add(termCondition(term, `term_${index}`));
  }
  for (const [index, number] of filter.numbers.entries()) {
    if (number.field !== skip) add(numberCondition(number, `number_${index}`));
  }
  for (const [index, text] of filter.text.entries()) {
    add(textCondition(text, `text_${index}`, UUID_PART.test(text) ? ['id::VARCHAR', ...TEXT_COLUMNS] : TEXT_COLUMNS));
  }
  if (filter.contentHash !== null) add(hashCondition(filter.contentHash));
  return { where: conditions.length === 0 ? 'true' : conditions.join(' AND '), bindings };
}

/** True for a filter that asks for nothing but a span of time. */
export function isOnlyRange(filter: EntryFilter): boolean {
  return (
    filter.terms.length === 0 && filter.numbers.length === 0 && filter.text.length === 0 && filter.contentHash === null
  );
}

function termCondition(term: TermFilter, name: string): FilterSql {
  const field = termSql(term.field, `${name}_key`);
  const recorded = term.values.filter((wanted) => wanted !== null);
  const alternatives: string[] = [];
  const bindings: Bindings = field.kind === 'value' ? { ...field.bindings } : {};
  if (recorded.length > 0) {
    bindings[name] = listValue(recorded);
    alternatives.push(
      field.kind === 'list'
        ? `coalesce(list_has_any(${listOf(field.sql)}, $${name}::VARCHAR[]), false)`
        : `coalesce(list_contains($${name}::VARCHAR[], ${field.sql}), false)`,
    );
  }
  if (recorded.length < term.values.length) {
    alternatives.push(`${field.sql} IS NULL`);
  }
  const either = `(${alternatives.join(' OR ')})`;
  return { where: term.exclude ? `NOT ${either}` : either, bindings };
}

function hashCondition(hash: string): FilterSql {
  return {
    where: `(${hashIs('input_hash')} OR ${hashIs('output_hash')})`,
    bindings: { hash_high: hash.slice(0, 32), hash_low: hash.slice(32) },
  };
}

/** True where a hash is the filter's `contentHash`, in terms of the parameters that {@link filterSql} binds for it. */
export function hashIs(field: 'input_hash' | 'output_hash'): string {
  return `coalesce(${field}_high = $hash_high::UUID AND ${field}_low = $hash_low::UUID, false)`;
}

function numberCondition(number: NumberFilter, name: string): FilterSql {
  const parts: string[] = [`${number.field} IS NOT NULL`, `NOT isnan(${number.field})`];
  const bindings: Bindings = {};
  if (number.min !== null) {
    parts.push(`${number.field} >= $${name}_min`);
    bindings[`${name}_min`] = number.min;
  }
  if (number.max !== null) {
    parts.push(`${number.field} <= $${name}_max`);
    bindings[`${name}_max`] = number.max;
  }
  return { where: `(${parts.join(' AND ')})`, bindings };
}

/** The condition that an id that is a UUID holds a text, as SQL. */
export function idHolds(part: string): FilterSql {
  return textCondition(part, 'text', ['id::VARCHAR']);
}

const TEXT_COLUMNS = ['id_text', 'conversation_id', 'block_reason', 'metadata'];

/** True for rows of which one of these columns holds a text, whatever the case of its letters. */
function textCondition(text: string, name: string, columns: readonly string[]): FilterSql {
  const within = (column: string): string => {
    // UUIDs are in lower case.
    const searched = WITHOUT_CASE.test(text) || column === 'id::VARCHAR' ? column : `lower(${column})`;
    return `coalesce(contains(${searched}, lower($${name})), false)`;
  };
  return { where: `(${columns.map(within).join(' OR ')})`, bindings: { [name]: text } };
}

/** The values of a field, and how many entries of a filter have each. */
import type { Facet, FacetValue } from '../../shared/contract.ts';
import type { EntryFilter, TermField } from '../../shared/query.ts';
import type { Database } from './database.ts';
import type { CodedField, FieldCodes } from './field-codes.ts';
import { filterSql, listOf, termSql } from './filter-sql.ts';
import type { RowMask, RowMasks } from './row-masks.ts';

/** What facets are counted from. */
export interface FacetSources {
  readonly database: Database;
  readonly masks: RowMasks;
  readonly codes: FieldCodes;
}

/** Which values of a field a facet counts. */
export interface FacetChoice {
  readonly limit: number;
  /** Only values that hold this text, ignoring case. */
  readonly contains?: string | undefined;
}

/** Values of one field with their counts. The field's own terms do not narrow them. */
export async function facetOf(
  { database, masks, codes }: FacetSources,
  filter: EntryFilter,
  field: TermField,
  choice: FacetChoice,
): Promise<Facet> {
  // What ignores case is DuckDB's to tell: the same rule holds for every text that is looked for.
  const coded = choice.contains === undefined ? await codes.of(field) : null;
  if (coded === null) return askFacet(database, filter, field, choice);
  const values = countValues(coded, await masks.of(filter, field), termSql(field, '').kind === 'list');
  return { field, values: values.slice(0, choice.limit), distinct: values.length };
}

/** Counts the values of the rows that a mask keeps: most frequent first, then by the value's UTF-8, "not recorded" last. */
function countValues({ codes, values }: CodedField, mask: RowMask, isList: boolean): readonly FacetValue[] {
  const rows = new Float64Array(values.length);
  const length = Math.min(mask.length, codes.length);
  for (let row = 0; row < length; row += 1) {
    if (mask[row] !== 1) continue;
    const code = codes[row] as number;
    rows[code] = (rows[code] as number) + 1;
  }
  const counts = new Map<string | null, number>();
  for (const [code, value] of values.entries()) {
    const count = rows[code] as number;
    if (count === 0) continue;
    const single = isList && value !== null ? new Set(JSON.parse(value) as string[]) : [value];
    for (const each of single) counts.set(each, (counts.get(each) ?? 0) + count);
  }
  return [...counts]
    .map(([value, count]) => ({ value, count }))
    .sort((first, second) => second.count - first.count || compareValues(first.value, second.value));
}

function compareValues(first: string | null, second: string | null): number {
  if (first === null || second === null) return first === null ? 1 : -1;
  return Buffer.compare(Buffer.from(first, 'utf8'), Buffer.from(second, 'utf8'));
}

/** The same, asked of DuckDB: for fields of many values, and those of the metadata. */
async function askFacet(
  database: Database,
  filter: EntryFilter,
  field: TermField,
  { limit, contains }: FacetChoice,
): Promise<Facet> {
  const { where, bindings } = filterSql(filter, field);
  const term = termSql(field, 'facet_key');
  const values =
    term.kind === 'list'
      ? `SELECT unnest(list_distinct(${listOf(term.sql)})) AS value FROM entries WHERE ${term.sql} IS NOT NULL AND ${where}
         UNION ALL SELECT NULL AS value FROM entries WHERE ${term.sql} IS NULL AND ${where}`
      : `SELECT ${term.sql} AS value FROM entries WHERE ${where}`;
  const kept = contains === undefined ? '' : 'WHERE contains(lower(value), lower($contains))';
  const rows = await database.rows(
    `SELECT value, count(*) AS entries, count(*) OVER () FROM (${values}) ${kept} GROUP BY value
     ORDER BY entries DESC, value NULLS LAST LIMIT ${limit}`,
    {
      ...bindings,
      ...(term.kind === 'value' ? term.bindings : {}),
      ...(contains === undefined ? {} : { contains }),
    },
  );
  return {
    field,
    values: rows.map((row) => ({ value: row[0] === null ? null : String(row[0]), count: Number(row[1]) })),
    distinct: Number(rows[0]?.[2] ?? 0),
  };
}

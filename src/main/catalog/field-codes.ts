/** The values of a field with few distinct ones, as a code a row: facets are counted over them without asking DuckDB again. */
import { listValue } from '@duckdb/node-api';
import type { TermField } from '../../shared/query.ts';
import type { Database } from './database.ts';
import type { IndexStore } from './index-store.ts';
import { rawChunks } from './raw-columns.ts';

/** A field with more distinct values is not held by codes. */
const MOST_VALUES = 2_000;

/** Columns of the table `entries` that are held by codes where their values are few, as texts. */
const CODED: Partial<Record<TermField, string>> = {
  status: `CASE WHEN blocked THEN 'blocked' ELSE 'passed' END`,
  provider: 'provider',
  model: 'model',
  detectors_triggered: 'detectors',
  alerts: 'alerts',
  block_reason: 'block_reason',
  input_kind: `CASE input_kind WHEN 0 THEN 'none' WHEN 1 THEN 'plain' ELSE 'encrypted' END`,
  output_kind: `CASE output_kind WHEN 0 THEN 'none' WHEN 1 THEN 'plain' ELSE 'encrypted' END`,
};

/** The codes of a field. Row n has the value `values[codes[n]]`. Never changed once handed out, but for values that are added. */
export interface CodedField {
  readonly codes: Int16Array;
  /** Distinct values in the order they were met; null is "not recorded". List fields: the list as JSON. */
  readonly values: readonly (string | null)[];
}

export class FieldCodes {
  readonly #database: Database;
  readonly #store: IndexStore;
  readonly #fields = new Map<TermField, Promise<CodedField | null>>();

  constructor(database: Database, store: IndexStore) {
    this.#database = database;
    this.#store = store;
  }

  /** The codes of a field over all rows there are now; null where it has too many values, or is none of those held so. */
  of(field: TermField): Promise<CodedField | null> {
    const sql = CODED[field];
    if (sql === undefined) return Promise.resolve(null);
    const known = this.#fields.get(field) ?? Promise.resolve({ codes: new Int16Array(0), values: [] });
    const coded = known.then((before) =>
      before === null || before.codes.length === this.#store.order.length ? before : this.#carryOn(sql, before),
    );
    this.#fields.set(field, coded);
    coded.catch(() => {
      if (this.#fields.get(field) === coded) this.#fields.delete(field);
    });
    return coded;
  }

  async #carryOn(sql: string, before: CodedField): Promise<CodedField | null> {
    const length = this.#store.order.length;
    const fresh = `seq >= ${before.codes.length} AND seq < ${length}`;
    const distinct = await this.#database.rows(
      `SELECT DISTINCT ${sql} FROM entries WHERE ${fresh} LIMIT ${MOST_VALUES + 1}`,
    );
    const known = new Set(before.values);
    const found = distinct.map(([value]) => (typeof value === 'string' ? value : null));
    const values = [...before.values, ...found.filter((value) => !known.has(value))];
    if (values.length > MOST_VALUES) return null;
    const codes = new Int16Array(length);
    codes.set(before.codes);
    if (values.length > 0) await this.#readCodes(sql, before.codes.length, values, codes);
    return { codes, values };
  }

  /** Fills in the codes of the rows from `from` on. */
  async #readCodes(sql: string, from: number, values: readonly (string | null)[], codes: Int16Array): Promise<void> {
    const texts = values.filter((value) => value !== null);
    const missing = values.indexOf(null);
    // DuckDB has no type for an empty list, and there is nothing to look up: no row of the field is recorded.
    if (texts.length === 0) {
      codes.fill(missing, from);
      return;
    }
    const result = await this.#database.query(
      `SELECT seq, coalesce(code, ${missing})::INTEGER FROM
         (SELECT seq, ${sql} AS value FROM entries WHERE seq >= ${from} AND seq < ${codes.length})
         LEFT JOIN (SELECT unnest($texts::VARCHAR[]) AS text, unnest($codes::INTEGER[]) AS code) ON value = text`,
      { texts: listValue(texts), codes: listValue(texts.map((text) => values.indexOf(text))) },
    );
    for (const chunk of rawChunks(result)) {
      const seqs = chunk.integers(0);
      const found = chunk.integers(1);
      for (let row = 0; row < chunk.rows; row += 1) codes[seqs[row] as number] = found[row] as number;
    }
  }
}

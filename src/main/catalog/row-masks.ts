/**
 * Which rows a filter keeps: one mask for each of its conditions, computed once and shared by the table, the facets and the
 * histogram. A row never changes, so a mask is only ever carried on over the rows that came since.
 */
import type { EntryFilter, TermField, TermFilter } from '../../shared/query.ts';
import type { Database } from './database.ts';
import type { CodedField, FieldCodes } from './field-codes.ts';
import { conditionsOf, type FilterCondition, type FilterSql, idHolds, termSql } from './filter-sql.ts';
import type { IndexStore } from './index-store.ts';
import { rawChunks } from './raw-columns.ts';
import type { RowIds } from './row-ids.ts';

/** Bytes of masks that are kept, at a byte a row; at least {@link LEAST_KEPT} of them whatever they take. */
const KEPT_BYTES = 24 * 1024 * 1024;
const LEAST_KEPT = 6;

/** A byte for every row number: 1 where the row is kept. Never changed once handed out. */
export type RowMask = Uint8Array;

export class RowMasks {
  readonly #database: Database;
  readonly #store: IndexStore;
  readonly #codes: FieldCodes;
  readonly #ids: RowIds;
  readonly #masks = new Map<string, Promise<RowMask>>();

  constructor(database: Database, store: IndexStore, codes: FieldCodes, ids: RowIds) {
    this.#database = database;
    this.#store = store;
    this.#codes = codes;
    this.#ids = ids;
  }

  /** The rows that are in the index now, in the filter's range, and kept by all of its conditions but the terms of one field. */
  async of(filter: EntryFilter, skipTerms?: TermField): Promise<RowMask> {
    const conditions = conditionsOf(filter).filter(({ term }) => term === null || term.field !== skipTerms);
    const masks = await Promise.all(conditions.map((condition) => this.#maskOf(condition)));
    const whole = this.#store.order.maskOf(filter.range.fromUs, filter.range.toUs);
    for (const mask of masks) keepOnly(whole, mask);
    return whole;
  }

  #maskOf(condition: FilterCondition): Promise<RowMask> {
    const { key } = condition;
    const known = this.#masks.get(key);
    const mask = known === undefined ? this.#carryOn(condition, new Uint8Array(0)) : this.#upToDate(condition, known);
    this.#masks.delete(key);
    this.#masks.set(key, mask);
    mask.catch(() => {
      if (this.#masks.get(key) === mask) this.#masks.delete(key);
    });
    const most = Math.max(LEAST_KEPT, Math.floor(KEPT_BYTES / Math.max(1, this.#store.order.length)));
    for (const oldest of this.#masks.keys()) {
      if (this.#masks.size <= most) break;
      this.#masks.delete(oldest);
    }
    return mask;
  }

  async #upToDate(condition: FilterCondition, known: Promise<RowMask>): Promise<RowMask> {
    const mask = await known;
    return mask.length === this.#store.order.length ? mask : this.#carryOn(condition, mask);
  }

  async #carryOn(condition: FilterCondition, known: RowMask): Promise<RowMask> {
    const { term, idPart } = condition;
    const coded = term === null ? null : await this.#codes.of(term.field);
    if (term !== null && coded !== null) return maskOfTerm(term, coded);
    const mask = new Uint8Array(this.#store.order.length);
    mask.set(known);
    await Promise.all([
      this.#mark(mask, known.length, condition),
      idPart === null ? null : this.#markIds(mask, known.length, idPart),
    ]);
    return mask;
  }

  /** Marks the rows from `from` on whose id is a UUID that holds a part. */
  async #markIds(mask: RowMask, from: number, part: string): Promise<void> {
    const held = await this.#ids.holding(part, from);
    if (held === null) await this.#mark(mask, from, idHolds(part));
    else mark(mask, from, held);
  }

  /** Marks the rows from `from` on for which a condition holds. */
  async #mark(mask: RowMask, from: number, { where, bindings }: FilterSql): Promise<void> {
    // Numbers that come from the index itself may stand in the text: DuckDB prunes by constants, not by parameters.
    const fresh = `seq >= ${from} AND seq < ${mask.length}`;
    const result = await this.#database.query(`SELECT seq FROM entries WHERE ${fresh} AND ${where}`, bindings);
    for (const chunk of rawChunks(result)) for (const seq of chunk.integers(0)) mask[seq] = 1;
  }
}

/** Marks in a mask what another one marks of the rows from `from` on. */
function mark(mask: RowMask, from: number, other: Uint8Array): void {
  const length = Math.min(mask.length - from, other.length);
  for (let row = 0; row < length; row += 1) mask[from + row] = (mask[from + row] as number) | (other[row] as number);
}

/** The rows that a term keeps, told from their codes: no query, and no text compared twice. */
function maskOfTerm({ field, values: wanted, exclude }: TermFilter, { codes, values }: CodedField): RowMask {
  const isList = termSql(field, '').kind === 'list';
  const kept = Uint8Array.from(values, (value) => {
    const held = isList && value !== null ? (JSON.parse(value) as string[]) : [value];
    return held.some((each) => wanted.includes(each)) === exclude ? 0 : 1;
  });
  const mask = new Uint8Array(codes.length);
  for (let row = 0; row < mask.length; row += 1) mask[row] = kept[codes[row] as number] as number;
  return mask;
}

/** Takes out of a mask what another does not hold; rows the other does not know are taken out. */
function keepOnly(mask: RowMask, other: RowMask): void {
  const length = Math.min(mask.length, other.length);
  for (let row = 0; row < length; row += 1) mask[row] = (mask[row] as number) & (other[row] as number);
  if (mask.length > length) mask.fill(0, length);
}

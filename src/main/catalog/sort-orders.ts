/** Every row in the order of a column: computed once for each state of the index, so that a view is a walk along it. */
import { NUMBER_FIELDS, type NumberField, type Sort } from '../../shared/query.ts';
import type { Database } from './database.ts';
import type { FieldCodes } from './field-codes.ts';
import type { IndexStore } from './index-store.ts';
import { RowKeys } from './radix-order.ts';
import { rawChunks } from './raw-columns.ts';

export type SortField = Exclude<Sort['field'], 'timestamp'>;

/** Columns in the order in which they are made ready: what people sort by first. */
const READY_FIRST: readonly SortField[] = [
  'latency_ms',
  'status',
  'provider',
  'model',
  'detectors_triggered',
  'input_tokens',
  'output_tokens',
  'conversation_id',
];

/** Bytes of orders that are kept, at 5 a row; at least {@link LEAST_KEPT} whatever they take. */
const KEPT_BYTES = 48 * 1024 * 1024;
const ROW_BYTES = 5;
const LEAST_KEPT = 2;

interface KeptOrder {
  readonly revision: number;
  readonly order: Promise<SortOrder>;
}

export class SortOrders {
  readonly #database: Database;
  readonly #store: IndexStore;
  readonly #codes: FieldCodes;
  readonly #kept = new Map<SortField, KeptOrder>();

  constructor(database: Database, store: IndexStore, codes: FieldCodes) {
    this.#database = database;
    this.#store = store;
    this.#codes = codes;
  }

  /** All rows there are now by a column; ties by time, then file and line, whatever the direction. What is not recorded goes last. */
  async of({
    field,
    direction,
  }: {
    readonly field: SortField;
    readonly direction: Sort['direction'];
  }): Promise<Int32Array> {
    const order = await this.#orderOf(field);
    return direction === 'asc' ? order.ascending : order.descending();
  }

  /** Computes the orders that fit into memory, one after another, for as long as `isWanted` says so. */
  async makeReady(isWanted: () => boolean): Promise<void> {
    for (const field of READY_FIRST.slice(0, this.#most())) {
      if (!isWanted()) return;
      await this.#orderOf(field);
    }
  }

  #most(): number {
    return Math.max(LEAST_KEPT, Math.floor(KEPT_BYTES / ROW_BYTES / Math.max(1, this.#store.order.length)));
  }

  #orderOf(field: SortField): Promise<SortOrder> {
    const { revision } = this.#store;
    const known = this.#kept.get(field);
    const kept = known?.revision === revision ? known : { revision, order: this.#compute(field) };
    this.#kept.delete(field);
    this.#kept.set(field, kept);
    kept.order.catch(() => {
      if (this.#kept.get(field) === kept) this.#kept.delete(field);
    });
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= this.#most()) break;
      this.#kept.delete(oldest);
    }
    return kept.order;
  }

  async #compute(field: SortField): Promise<SortOrder> {
    const rows = this.#store.order.ascending();
    const keys = new RowKeys(this.#store.order.length);
    const coded = field === 'conversation_id' || isNumberField(field) ? null : await this.#codes.of(field);
    if (coded === null) await this.#readKeys(field, keys);
    else {
      const ranks = ranksOf(field, coded.values);
      for (const row of rows) {
        const rank = ranks[coded.codes[row] as number] ?? null;
        if (rank !== null) keys.set(row, rank);
      }
    }
    return new SortOrder(keys.sorted(rows), keys);
  }

  async #readKeys(field: SortField, keys: RowKeys): Promise<void> {
    const key = RANKED.has(field) ? `dense_rank() OVER (ORDER BY ${SORT_KEYS[field]})::DOUBLE` : SORT_KEYS[field];
    const result = await this.#database.query(
      `SELECT seq, ${key} FROM entries WHERE ${SORT_KEYS[field]} IS NOT NULL AND seq < ${this.#store.order.length}`,
    );
    for (const chunk of rawChunks(result)) {
      const seqs = chunk.integers(0);
      const found = chunk.doubles(1);
      for (let row = 0; row < chunk.rows; row += 1) keys.set(seqs[row] as number, found[row] as number);
    }
  }
}

function isNumberField(field: SortField): field is NumberField {
  return (NUMBER_FIELDS as readonly string[]).includes(field);
}

/** Fields that hold texts, and are sorted by their rank where they are not held by codes. */
const RANKED: ReadonlySet<SortField> = new Set(['provider', 'model', 'detectors_triggered', 'conversation_id']);

/** How each column sorts in SQL; null is "not recorded". */
const SORT_KEYS: Readonly<Record<SortField, string>> = {
  provider: 'provider',
  model: 'model',
  status: 'blocked::INTEGER::DOUBLE',
  detectors_triggered: `array_to_string(from_json(detectors, '["VARCHAR"]'), ', ')`,
  conversation_id: 'conversation_id',
  latency_ms: 'latency_ms',
  input_tokens: 'input_tokens',
  output_tokens: 'output_tokens',
};

/** The place of each value among all: as DuckDB compares texts, by their UTF-8. null stays null. */
function ranksOf(field: SortField, values: readonly (string | null)[]): readonly (number | null)[] {
  const textOf = (value: string): string => {
    if (field === 'status') return value === 'passed' ? '0' : '1';
    return field === 'detectors_triggered' ? (JSON.parse(value) as string[]).join(', ') : value;
  };
  const texts = values.map((value) => (value === null ? null : textOf(value)));
  const sorted = [...new Set(texts.filter((text) => text !== null))]
    .map((text) => ({ text, bytes: Buffer.from(text, 'utf8') }))
    .sort((first, second) => Buffer.compare(first.bytes, second.bytes));
  const rankOf = new Map(sorted.map(({ text }, rank) => [text, rank]));
  return texts.map((text) => (text === null ? null : (rankOf.get(text) ?? null)));
}

/** An order, and where in it rows begin that differ from the one before: enough to turn it round without sorting again. */
class SortOrder {
  readonly ascending: Int32Array;
  readonly #begins: Uint8Array;
  /** Rows that have a key; the others are behind them. */
  readonly #keyed: number;

  constructor(ascending: Int32Array, keys: RowKeys) {
    this.ascending = ascending;
    this.#begins = new Uint8Array(ascending.length);
    let keyed = 0;
    for (let at = 0; at < ascending.length; at += 1) {
      const row = ascending[at] as number;
      if (keys.has(row)) keyed += 1;
      if (at === 0 || !keys.isSame(row, ascending[at - 1] as number)) this.#begins[at] = 1;
    }
    this.#keyed = keyed;
  }

  /** The greatest first; rows of the same key stay as they are, and rows without one stay last. */
  descending(): Int32Array {
    const { ascending } = this;
    const turned = new Int32Array(ascending.length);
    turned.set(ascending.subarray(this.#keyed), this.#keyed);
    let at = 0;
    for (let end = this.#keyed; end > 0; ) {
      let start = end - 1;
      while (this.#begins[start] !== 1) start -= 1;
      for (let index = start; index < end; index += 1, at += 1) turned[at] = ascending[index] as number;
      end = start;
    }
    return turned;
  }
}

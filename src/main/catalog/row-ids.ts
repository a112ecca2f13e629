/** The ids of all rows, 16 bytes each, for who looks for a part of one: DuckDB writes out a million UUIDs to find it. */
import type { Database } from './database.ts';
import { IdPart } from './id-part.ts';
import type { IndexStore } from './index-store.ts';
import { rawChunks } from './raw-columns.ts';

/** Ids of more rows than these are not held: 64 MB. */
const MOST_ROWS = 4_000_000;
const ID_BYTES = 16;
/** DuckDB keeps a UUID as a signed number of 128 bits, lowest byte first, with its highest bit turned. */
const TURNED = 0x80;

/** The ids as they are known now, in the order in which their digits are written. */
interface HeldIds {
  readonly rows: number;
  readonly bytes: Uint8Array;
  /** 1 for a row whose id is a UUID. */
  readonly held: Uint8Array;
}

const NONE: HeldIds = { rows: 0, bytes: new Uint8Array(0), held: new Uint8Array(0) };

export class RowIds {
  readonly #database: Database;
  readonly #store: IndexStore;
  #ids: Promise<HeldIds> = Promise.resolve(NONE);

  constructor(database: Database, store: IndexStore) {
    this.#database = database;
    this.#store = store;
  }

  /** Holds the ids of the rows there are now, for when the index is quiet. */
  async makeReady(): Promise<void> {
    await this.#upToDate();
  }

  /**
   * A byte for each row from `from` on: 1 where its id, a UUID written in lower case, holds this text of hexadecimal digits and
   * hyphens in lower case. null where the ids are too many to be held.
   */
  async holding(text: string, from: number): Promise<Uint8Array | null> {
    const ids = await this.#upToDate();
    if (ids === null) return null;
    const part = new IdPart(text);
    const mask = new Uint8Array(Math.max(0, ids.rows - from));
    for (let row = from; row < ids.rows; row += 1) {
      if (ids.held[row] === 1 && part.isIn(ids.bytes, row * ID_BYTES)) mask[row - from] = 1;
    }
    return mask;
  }

  async #upToDate(): Promise<HeldIds | null> {
    if (this.#store.order.length > MOST_ROWS) return null;
    const carried = this.#ids.then((known) => (known.rows === this.#store.order.length ? known : this.#carryOn(known)));
    this.#ids = carried;
    carried.catch(() => {
      if (this.#ids === carried) this.#ids = Promise.resolve(NONE);
    });
    return carried;
  }

  async #carryOn(known: HeldIds): Promise<HeldIds> {
    const rows = this.#store.order.length;
    const bytes = new Uint8Array(rows * ID_BYTES);
    bytes.set(known.bytes);
    const held = new Uint8Array(rows);
    held.set(known.held);
    const result = await this.#database.query(
      `SELECT seq, id FROM entries WHERE id IS NOT NULL AND seq >= ${known.rows} AND seq < ${rows}`,
    );
    for (const chunk of rawChunks(result)) {
      const seqs = chunk.integers(0);
      const ids = chunk.bytes(1, ID_BYTES);
      for (let index = 0; index < chunk.rows; index += 1) {
        const to = (seqs[index] as number) * ID_BYTES;
        const last = (index + 1) * ID_BYTES - 1;
        for (let byte = 0; byte < ID_BYTES; byte += 1) bytes[to + byte] = ids[last - byte] as number;
        bytes[to] = (bytes[to] as number) ^ TURNED;
        held[seqs[index] as number] = 1;
      }
    }
    return { rows, bytes, held };
  }
}

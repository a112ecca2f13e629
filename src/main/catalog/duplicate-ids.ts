/** The ids that more than one entry has: few, so they are kept, and a page need not ask for them. */
import type { Database } from './database.ts';
import type { IndexStore } from './index-store.ts';

/** More ids than these are not kept: pages ask DuckDB then. */
const MOST_IDS = 50_000;
/** Counting the ids of more rows than these would take memory that queries need. */
const MOST_ROWS = 4_000_000;

export class DuplicateIds {
  readonly #database: Database;
  readonly #store: IndexStore;
  #known: { readonly revision: number; readonly ids: ReadonlySet<string> } | null = null;

  constructor(database: Database, store: IndexStore) {
    this.#database = database;
    this.#store = store;
  }

  /** All ids that stand twice or more in the index as it is now; null where they are not known, see {@link makeReady}. */
  now(): ReadonlySet<string> | null {
    return this.#known?.revision === this.#store.revision ? this.#known.ids : null;
  }

  /** Finds them. Costs a pass over all ids, so it is for when the index is quiet. */
  async makeReady(): Promise<void> {
    const { revision, entries } = this.#store;
    if (this.#known?.revision === revision || entries > MOST_ROWS) return;
    const found = await this.#database.rows(
      `SELECT id::VARCHAR FROM entries WHERE id IS NOT NULL GROUP BY id HAVING count(*) > 1
       UNION ALL SELECT id_text FROM entries WHERE id_text IS NOT NULL GROUP BY id_text HAVING count(*) > 1
       LIMIT ${MOST_IDS + 1}`,
    );
    if (found.length > MOST_IDS) return;
    this.#known = { revision, ids: new Set(found.map(([id]) => String(id))) };
  }
}

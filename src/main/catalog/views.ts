/** The order of what a query shows, as row numbers: computed once a revision, so that a page anywhere in it is a look-up. */
import type { Coverage } from '../../shared/coverage.ts';
import type { EntryFilter, EntryQuery, Sort } from '../../shared/query.ts';
import type { Database } from './database.ts';
import { filterSql, isOnlyRange, listOf } from './filter-sql.ts';
import type { IndexStore } from './index-store.ts';
import { NewestFirst } from './newest-first.ts';

/** Views kept: what a window shows, what it showed, and what stands beside it. */
const KEPT_VIEWS = 6;
const COMPUTED_AT_ONCE = 2;
const MOST_WAITING = 16;
/** A view cheaper than this is computed anew whenever the index changed. */
const CHEAP_MS = 30;
/** While the source is being read, a view is shown for this many times what it took. */
const SHOWN_TIMES_COST = 4;

/** One view at one revision. */
export interface View {
  /** Row numbers in the order shown. Never changed. */
  readonly seqs: Int32Array;
  /** Entries in the filter's range, whatever else it asks. */
  readonly inRange: number;
  readonly revision: number;
  /** What the index covered when the view was computed. */
  readonly coverage: Coverage;
}

/** A view that is kept, or still being computed. */
interface KeptView {
  readonly revision: number;
  readonly view: Promise<View>;
  /** How long it took and when it was done; null while it is being computed. */
  done: { readonly costMs: number; readonly atMs: number } | null;
}

export class Views {
  readonly #database: Database;
  readonly #store: IndexStore;
  readonly #coverage: () => Coverage;
  readonly #views = new Map<string, KeptView>();
  readonly #queue = new NewestFirst(COMPUTED_AT_ONCE, MOST_WAITING);

  constructor(database: Database, store: IndexStore, coverage: () => Coverage) {
    this.#database = database;
    this.#store = store;
    this.#coverage = coverage;
  }

  /**
   * The view of a query now. Asked twice at the same revision, it is computed once. While the source is being read its revision
   * grows many times a second: a view that was costly is shown a little longer then, and says which revision it is of.
   */
  view(query: EntryQuery): Promise<View> {
    const key = JSON.stringify(query);
    const kept = this.#views.get(key);
    this.#views.delete(key);
    if (kept !== undefined && this.#isFresh(kept)) {
      this.#views.set(key, kept);
      return kept.view;
    }
    const computed = this.#begin(query);
    this.#views.set(key, computed);
    computed.view.catch(() => {
      if (this.#views.get(key) === computed) this.#views.delete(key);
    });
    for (const oldest of this.#views.keys()) {
      if (this.#views.size <= KEPT_VIEWS) break;
      this.#views.delete(oldest);
    }
    return computed.view;
  }

  #isFresh(kept: KeptView): boolean {
    if (kept.revision === this.#store.revision || kept.done === null) return true;
    const { costMs, atMs } = kept.done;
    const isReading = this.#coverage().state === 'reading';
    return isReading && costMs >= CHEAP_MS && performance.now() - atMs < costMs * SHOWN_TIMES_COST;
  }

  #begin(query: EntryQuery): KeptView {
    const startedMs = performance.now();
    const view = this.#queue.run(() => this.#compute(query));
    const kept: KeptView = { revision: this.#store.revision, view, done: null };
    const finish = (): void => {
      const atMs = performance.now();
      kept.done = { costMs: atMs - startedMs, atMs };
    };
    view.then(finish, finish);
    return kept;
  }

  async #compute({ filter, sort }: EntryQuery): Promise<View> {
    const { revision } = this.#store;
    const coverage = this.#coverage();
    const ascending = this.#store.order.ascending();
    const { start, end } = this.#store.order.spanOf(ascending, filter.range.fromUs, filter.range.toUs);
    const inRange = end - start;
    const matching = isOnlyRange(filter) ? null : await this.#matching(filter);
    if (sort.field === 'timestamp') {
      const span = ascending.subarray(start, end);
      const kept = matching === null ? span : pick(span, matching);
      return { seqs: sort.direction === 'asc' ? kept : this.#newestFirst(kept), inRange, revision, coverage };
    }
    const sorted = await this.#sorted(sort);
    return {
      seqs: pick(sorted, matching ?? marks(ascending.subarray(start, end), this.#store.order.length)),
      inRange,
      revision,
      coverage,
    };
  }

  /** The latest time first; entries of the same microsecond stay in the order they are stored in. */
  #newestFirst(oldestFirst: Int32Array): Int32Array {
    const order = this.#store.order;
    const newest = new Int32Array(oldestFirst.length);
    let at = 0;
    for (let end = oldestFirst.length; end > 0; ) {
      const epochUs = order.epochUsOf(oldestFirst[end - 1] as number);
      let start = end - 1;
      while (start > 0 && order.epochUsOf(oldestFirst[start - 1] as number) === epochUs) start -= 1;
      for (let index = start; index < end; index += 1) {
        newest[at] = oldestFirst[index] as number;
        at += 1;
      }
      end = start;
    }
    return newest;
  }

  /** A byte for every row number: 1 where the row matches. */
  async #matching(filter: EntryFilter): Promise<Uint8Array> {
    const { where, bindings } = filterSql(filter);
    const result = await this.#database.query(`SELECT seq FROM entries WHERE ${where}`, bindings);
    const matches = new Uint8Array(this.#store.order.length);
    for (let index = 0; index < result.chunkCount; index += 1) {
      for (const seq of result.getChunk(index).getColumnValues(0)) matches[seq as number] = 1;
    }
    return matches;
  }

  /** Every row sorted by a column; ties by time, then file and line, whatever the direction. What is not recorded goes last. */
  async #sorted(sort: Sort): Promise<Int32Array> {
    const direction = sort.direction === 'asc' ? 'ASC' : 'DESC';
    const result = await this.#database.query(
      `SELECT seq, dense_rank() OVER (ORDER BY ${SORT_KEYS[sort.field]} ${direction} NULLS LAST)::INTEGER FROM entries`,
    );
    const ranks = new Int32Array(this.#store.order.length).fill(-1);
    let highest = 0;
    for (let index = 0; index < result.chunkCount; index += 1) {
      const [seqs = [], keys = []] = result.getChunk(index).getColumns();
      for (let row = 0; row < seqs.length; row += 1) {
        const rank = keys[row] as number;
        ranks[seqs[row] as number] = rank;
        if (rank > highest) highest = rank;
      }
    }
    return byRank(this.#store.order.ascending(), ranks, highest);
  }
}

/** How each column sorts in SQL; null is "not recorded". */
const SORT_KEYS: Readonly<Record<Sort['field'], string>> = {
  timestamp: 'epoch_us',
  provider: 'provider',
  model: 'model',
  status: 'blocked',
  detectors_triggered: `array_to_string(${listOf('detectors')}, ', ')`,
  conversation_id: 'conversation_id',
  latency_ms: 'latency_ms',
  input_tokens: 'input_tokens',
  output_tokens: 'output_tokens',
};

/** Stable counting sort: rows in the order given, by rank. Rows of rank -1 are left out. */
function byRank(seqs: Int32Array, ranks: Int32Array, highest: number): Int32Array {
  const starts = new Int32Array(highest + 2);
  for (const seq of seqs) {
    const rank = ranks[seq] as number;
    if (rank >= 0) starts[rank + 1] = (starts[rank + 1] as number) + 1;
  }
  for (let rank = 1; rank < starts.length; rank += 1)
    starts[rank] = (starts[rank] as number) + (starts[rank - 1] as number);
  const sorted = new Int32Array(starts[starts.length - 1] ?? 0);
  for (const seq of seqs) {
    const rank = ranks[seq] as number;
    if (rank < 0) continue;
    const at = starts[rank] as number;
    sorted[at] = seq;
    starts[rank] = at + 1;
  }
  return sorted;
}

function marks(seqs: Int32Array, length: number): Uint8Array {
  const marked = new Uint8Array(length);
  for (const seq of seqs) marked[seq] = 1;
  return marked;
}

function pick(seqs: Int32Array, marked: Uint8Array): Int32Array {
  const picked = new Int32Array(seqs.length);
  let count = 0;
  for (const seq of seqs) {
    if (marked[seq] !== 1) continue;
    picked[count] = seq;
    count += 1;
  }
  return picked.slice(0, count);
}

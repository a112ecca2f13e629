/** The order of what a query shows, as row numbers: computed once a revision, so that a page anywhere in it is a look-up. */
import type { Coverage } from '../../shared/coverage.ts';
import type { EntryQuery, Sort } from '../../shared/query.ts';
import { isOnlyRange } from './filter-sql.ts';
import type { IndexStore } from './index-store.ts';
import { NewestFirst } from './newest-first.ts';
import type { RowMasks } from './row-masks.ts';
import type { SortOrders } from './sort-orders.ts';

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
  readonly #masks: RowMasks;
  readonly #orders: SortOrders;
  readonly #store: IndexStore;
  readonly #coverage: () => Coverage;
  readonly #views = new Map<string, KeptView>();
  readonly #queue = new NewestFirst(COMPUTED_AT_ONCE, MOST_WAITING);

  constructor(store: IndexStore, masks: RowMasks, orders: SortOrders, coverage: () => Coverage) {
    this.#store = store;
    this.#masks = masks;
    this.#orders = orders;
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
    if (isOnlyRange(filter) && inRange === ascending.length) {
      return { seqs: await this.#sorted(ascending, sort), inRange, revision, coverage };
    }
    if (sort.field === 'timestamp') {
      const span = ascending.subarray(start, end);
      const kept = isOnlyRange(filter) ? span : pick(span, await this.#masks.of(filter));
      return { seqs: await this.#sorted(kept, sort), inRange, revision, coverage };
    }
    const [sorted, mask] = await Promise.all([this.#sorted(ascending, sort), this.#masks.of(filter)]);
    return { seqs: pick(sorted, mask), inRange, revision, coverage };
  }

  /** Rows in order of time sorted by time, or all rows sorted by a column. */
  async #sorted(oldestFirst: Int32Array, { field, direction }: Sort): Promise<Int32Array> {
    if (field !== 'timestamp') return this.#orders.of({ field, direction });
    return direction === 'asc' ? oldestFirst : this.#newestFirst(oldestFirst);
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
}

/** The rows that a mask marks, in the same order. Every row is written and only marked ones are counted: no branch to guess wrong. */
function pick(seqs: Int32Array, marked: Uint8Array): Int32Array {
  const picked = new Int32Array(seqs.length);
  let count = 0;
  for (let index = 0; index < seqs.length; index += 1) {
    const seq = seqs[index] as number;
    picked[count] = seq;
    // A row that came after the mask was made is not in it.
    count += (marked[seq] as number) | 0;
  }
  return count > picked.length / 2 ? picked.subarray(0, count) : picked.slice(0, count);
}

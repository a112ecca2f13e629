/** How the numbers of a field are spread, in bins whose edges people know. */
import type { EntryFilter, NumberField } from '../../shared/query.ts';
import type { NumberSpread, SpreadBin } from '../../shared/summaries.ts';
import type { Bindings, Database } from './database.ts';
import { filterSql } from './filter-sql.ts';

const MOST_EDGES = 18;
/** Below this many bins of growing width, bins of one width show more. */
const FEW_BINS = 6;
const STEPS = [1, 2, 5] as const;

/** The spread of one field over what the rest of a filter keeps. */
export async function numberSpreadOf(
  database: Database,
  filter: EntryFilter,
  field: NumberField,
): Promise<NumberSpread> {
  const { where, bindings } = filterSql(filter, field);
  const [row = []] = await database.rows(
    `SELECT count(*), count(*) FILTER (WHERE NOT isnan(${field})),
       min(${field}) FILTER (WHERE isfinite(${field})), max(${field}) FILTER (WHERE isfinite(${field})),
       count(*) FILTER (WHERE ${field} = '-infinity'::DOUBLE), count(*) FILTER (WHERE ${field} = 'infinity'::DOUBLE)
     FROM entries WHERE ${where}`,
    bindings,
  );
  const [all, recorded, least, largest, below, above] = row.map((value) => (value === null ? null : Number(value)));
  const spread = { field, recorded: recorded ?? 0, notRecorded: (all ?? 0) - (recorded ?? 0) };
  if (typeof least !== 'number' || typeof largest !== 'number') {
    return { ...spread, least: null, largest: null, bins: [] };
  }
  const edges = binEdges(least, largest);
  const counts = await countBins(database, where, bindings, field, edges);
  const bins = counts.map((entries, index) => ({
    from: edges[index] ?? null,
    below: edges[index + 1] ?? null,
    entries,
  }));
  return { ...spread, least, largest, bins: withInfinite(bins, below ?? 0, above ?? 0) };
}

async function countBins(
  database: Database,
  where: string,
  bindings: Bindings,
  field: NumberField,
  edges: readonly number[],
): Promise<readonly number[]> {
  const parts = edges
    .slice(1)
    .map((_, index) => `count(*) FILTER (WHERE ${field} >= $edge_${index} AND ${field} < $edge_${index + 1})`);
  const bounds = Object.fromEntries(edges.map((edge, index) => [`edge_${index}`, edge]));
  const [row = []] = await database.rows(`SELECT ${parts.join(', ')} FROM entries WHERE ${where}`, {
    ...bindings,
    ...bounds,
  });
  return row.map(Number);
}

/** Puts what is infinite into the outermost bins, which are open then. */
function withInfinite(bins: readonly SpreadBin[], below: number, above: number): readonly SpreadBin[] {
  return bins.map((bin, index) => {
    const first = index === 0 && below > 0;
    const last = index === bins.length - 1 && above > 0;
    return {
      from: first ? null : bin.from,
      below: last ? null : bin.below,
      entries: bin.entries + (first ? below : 0) + (last ? above : 0),
    };
  });
}

/**
 * Edges that enclose both numbers, the last one above `largest`: of growing width (0, 1, 2, 5, 10 ...), or of one width where the
 * numbers lie close together or are negative.
 */
export function binEdges(least: number, largest: number): readonly number[] {
  const growing = least < 0 ? [] : growingEdges(least, largest);
  return growing.length > FEW_BINS ? growing : evenEdges(least, largest);
}

function growingEdges(least: number, largest: number): readonly number[] {
  const edges: number[] = [];
  for (let power = Math.floor(Math.log10(Math.max(largest, 1))) + 1; power >= 0; power -= 1) {
    for (const step of STEPS.toReversed()) {
      const edge = Number(`${step}e${power}`);
      // Of those above `largest` only the lowest is needed.
      if (edge > largest) edges.length = 0;
      edges.unshift(edge);
      if (edge <= least || edges.length === MOST_EDGES) return edge <= least ? edges : [0, ...edges];
    }
  }
  return [0, ...edges];
}

function evenEdges(least: number, largest: number): readonly number[] {
  const width = knownWidth((largest - least) / MOST_EDGES, Math.max(Math.abs(least), Math.abs(largest)));
  const edge = (step: number): number => Number((step * width).toPrecision(12));
  let first = Math.floor(least / width);
  // Rounding may put an edge on the wrong side of a number that lies on it.
  while (edge(first) > least) first -= 1;
  let last = Math.floor(largest / width) + 1;
  while (edge(last) <= largest) last += 1;
  return Array.from({ length: last - first + 1 }, (_, index) => edge(first + index));
}

/** The smallest of 1, 2, 5, 10, 20 ... that is at least `width`, and wide enough to be told from its neighbours at `size`. */
function knownWidth(width: number, size: number): number {
  const least = Math.max(width, size * 1e-9, 1e-6);
  const power = Math.floor(Math.log10(least));
  const step = [1, 2, 5, 10].find((candidate) => candidate * 10 ** power >= least) ?? 10;
  return Number(`${step}e${power}`);
}

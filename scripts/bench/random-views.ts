/** Views as a person makes them in the window: a range, terms, numbers, a text, an order. */
import type { Facet } from '../../src/shared/contract.ts';
import { type EntryFilter, type EntryQuery, NO_FILTER, SORT_FIELDS, type TermField } from '../../src/shared/query.ts';
import { type Random, randomBelow, randomOf } from './random.ts';

/** What filters are drawn from: the log's span and the values that its facets hold. */
export interface LogFacts {
  readonly fromUs: number;
  readonly toUs: number;
  readonly facets: readonly Facet[];
  readonly ids: readonly string[];
}

/** Fields that the sidebar filters by. */
export const FACET_FIELDS: readonly TermField[] = ['status', 'provider', 'model', 'detectors_triggered'];

type Part = (random: Random, facts: LogFacts) => Partial<EntryFilter>;

const range: Part = (random, { fromUs, toUs }) => {
  const span = (toUs - fromUs) * randomOf(random, [1 / 90, 1 / 13, 1 / 3, 2 / 3]);
  const start = Math.floor(fromUs + random() * (toUs - fromUs - span));
  return { range: { fromUs: start, toUs: Math.floor(start + span) } };
};

const terms: Part = (random, { facets }) => {
  const facet = randomOf(
    random,
    facets.filter(({ values }) => values.length > 0),
  );
  const { value } = randomOf(random, facet.values);
  return { terms: [{ field: facet.field, values: [value], exclude: random() < 0.25 }] };
};

const numbers: Part = (random) => {
  const [field, scale] = randomOf(random, [
    ['latency_ms', 2000],
    ['input_tokens', 1000],
    ['output_tokens', 1000],
  ] as const);
  const min = randomBelow(random, scale);
  return { numbers: [{ field, min, max: random() < 0.5 ? null : min + scale }] };
};

/** A short piece of an id: it lies in some ids and cannot be looked up, so that every id has to be looked at. */
const text: Part = (random, { ids }) => {
  const id = randomOf(random, ids);
  const start = randomBelow(random, Math.max(1, id.length - 4));
  return { text: [id.slice(start, start + 3)] };
};

const PARTS: readonly (readonly Part[])[] = [[], [range], [terms], [numbers], [text], [range, terms], [terms, numbers]];

/** A filter of the window, each kind and two pairs of kinds equally often. */
export function randomFilter(random: Random, facts: LogFacts): EntryFilter {
  const parts = randomOf(random, PARTS).map((part) => part(random, facts));
  return Object.assign({ ...NO_FILTER }, ...parts) as EntryFilter;
}

/** A filter and any order of the table. */
export function randomQuery(random: Random, facts: LogFacts): EntryQuery {
  const sort = { field: randomOf(random, SORT_FIELDS), direction: randomOf(random, ['asc', 'desc'] as const) };
  return { filter: randomFilter(random, facts), sort };
}

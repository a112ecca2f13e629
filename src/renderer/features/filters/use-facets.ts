/** Counts for the sidebar. What is quick to count is asked for by itself, so that it never waits for what is slow. */
import { useQuery } from '@tanstack/react-query';
import type { Facet } from '../../../shared/contract.ts';
import type { NumberField, TermField } from '../../../shared/query.ts';
import type { NumberSpread } from '../../../shared/summaries.ts';
import { useDesk } from '../../state/desk-context.ts';
import { type PacedQuestion, paced, useOpenSource, usePacedRevision } from '../../state/source.ts';
import { useStore } from '../../state/store.ts';
import { viewStore } from '../../state/view.ts';

const VALUES = 50;
const SEARCHED_VALUES = 100;

/** What the sidebar knows of its counts. */
export interface Counted<Answer> {
  /** Those of the view before, until the new ones are there. */
  readonly answers: readonly Answer[];
  readonly isFetching: boolean;
  readonly error: unknown;
  readonly retry: () => void;
}

/** Values with their counts, field by field. */
export function useFacets(question: PacedQuestion, fields: readonly TermField[]): Counted<Facet> {
  const desk = useDesk();
  const { sourceId } = useOpenSource();
  const filter = useStore(viewStore, (view) => view.query.filter);
  const revision = usePacedRevision(question);
  const facets = useQuery({
    queryKey: ['entries', 'facets', sourceId, filter, fields, revision],
    queryFn: () =>
      paced(question, () => desk.call('entries.facets', { sourceId, filter, fields: [...fields], limit: VALUES })),
    enabled: fields.length > 0,
    placeholderData: (before) => before,
    gcTime: 10_000,
  });
  return counted(facets);
}

/** How numbers are spread, field by field. */
export function useSpreads(fields: readonly NumberField[]): Counted<NumberSpread> {
  const desk = useDesk();
  const { sourceId } = useOpenSource();
  const filter = useStore(viewStore, (view) => view.query.filter);
  const revision = usePacedRevision('spreads');
  const spreads = useQuery({
    queryKey: ['entries', 'spreads', sourceId, filter, fields, revision],
    queryFn: () => paced('spreads', () => desk.call('entries.spreads', { sourceId, filter, fields: [...fields] })),
    enabled: fields.length > 0,
    placeholderData: (before) => before,
    gcTime: 10_000,
  });
  return counted(spreads);
}

/** Values of one field that hold a text; null while nothing is searched for or no answer is there yet. */
export function useSearchedValues(field: TermField, contains: string): Facet | null {
  const desk = useDesk();
  const { sourceId } = useOpenSource();
  const filter = useStore(viewStore, (view) => view.query.filter);
  const revision = usePacedRevision('slowFacets');
  const found = useQuery({
    queryKey: ['entries', 'facetSearch', sourceId, filter, field, contains, revision],
    queryFn: () => desk.call('entries.facets', { sourceId, filter, fields: [field], limit: SEARCHED_VALUES, contains }),
    enabled: contains !== '',
    placeholderData: (before) => before,
    gcTime: 10_000,
  });
  return contains === '' ? null : (found.data?.[0] ?? null);
}

function counted<Answer>(query: {
  readonly data: readonly Answer[] | undefined;
  readonly isFetching: boolean;
  readonly error: unknown;
  readonly refetch: () => unknown;
}): Counted<Answer> {
  return {
    answers: query.data ?? [],
    isFetching: query.isFetching,
    error: query.error,
    retry: () => void query.refetch(),
  };
}

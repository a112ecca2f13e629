/** What is offered at the caret of the search box: names of fields, and values that the log really has, with their counts. */
import { useQuery } from '@tanstack/react-query';
import type { Facet } from '../../../shared/contract.ts';
import type { EntryFilter, TermField } from '../../../shared/query.ts';
import { closedValues } from '../../../shared/query.ts';
import { parseQuery } from '../../../shared/query-language/parse-query.ts';
import { printFieldName, printValue } from '../../../shared/query-language/print-query.ts';
import { METADATA_PREFIX, QUERY_FIELD_NAMES } from '../../../shared/query-language/query-fields.ts';
import type { MetadataKey } from '../../../shared/summaries.ts';
import { useDesk } from '../../state/desk-context.ts';
import { valueLabel } from '../../state/filter-edits.ts';
import { useOpenSource } from '../../state/source.ts';
import { useStore } from '../../state/store.ts';
import { viewStore } from '../../state/view.ts';
import type { CompletionPlace } from './completion-place.ts';

/** One line of the list. */
export interface Completion {
  readonly key: string;
  /** What is put into the text. */
  readonly insert: string;
  readonly label: string;
  /** What it means, where the label does not say it. */
  readonly hint: string;
  /** Entries that have it; null for a name. */
  readonly count: number | null;
}

const MOST_SHOWN = 12;
const LEAST_LETTERS = 2;
const SEARCHED_FIELDS: readonly TermField[] = ['status', 'provider', 'model', 'detectors_triggered', 'block_reason'];

/** Lines for a place, best first; none without one. Values come once the desk has counted them. */
export function useCompletions(
  place: CompletionPlace | null,
  keys: readonly MetadataKey[] | null,
): readonly Completion[] {
  const names = place?.kind === 'name' ? nameCompletions(place.written, keys ?? []) : [];
  const fields = fieldsToSearch(place);
  const facets = useFacetValues(place, fields);
  if (place === null || place.kind === 'number') return [];
  const values = facets.flatMap((facet) => valueCompletions(facet, place));
  return [...names, ...values].slice(0, MOST_SHOWN);
}

function fieldsToSearch(place: CompletionPlace | null): readonly TermField[] {
  if (place?.kind === 'value' && place.field !== null) return [place.field];
  return place?.kind === 'name' && place.written.trim().length >= LEAST_LETTERS ? SEARCHED_FIELDS : [];
}

function useFacetValues(place: CompletionPlace | null, fields: readonly TermField[]): readonly Facet[] {
  const desk = useDesk();
  const { sourceId } = useOpenSource();
  const current = useStore(viewStore, (view) => view.query.filter);
  const filter: EntryFilter = { range: current.range, ...(parseQuery(place?.rest ?? '').filter ?? current) };
  const contains = place?.written.trim().slice(0, 256) ?? '';
  const facets = useQuery({
    queryKey: ['entries', 'completions', sourceId, filter, fields, contains],
    queryFn: () =>
      desk.call('entries.facets', {
        sourceId,
        filter,
        fields: [...fields],
        limit: MOST_SHOWN,
        ...(contains === '' ? {} : { contains }),
      }),
    enabled: fields.length > 0,
    gcTime: 10_000,
  });
  return facets.data ?? [];
}

const HINTS: Readonly<Record<string, string>> = {
  status: 'passed or blocked',
  latency: '>2000, 100..200, 2s',
  tokens_in: '>1000, 100..200',
  tokens_out: '>1000, 100..200',
  hash: 'SHA-256 of an input or output',
  input_kind: 'none, plain or encrypted',
  output_kind: 'none, plain or encrypted',
};

function nameCompletions(written: string, keys: readonly MetadataKey[]): readonly Completion[] {
  const wanted = written.toLowerCase();
  const known = QUERY_FIELD_NAMES.filter(({ name, aliases }) =>
    [name, ...aliases].some((candidate) => candidate.startsWith(wanted)),
  ).map(({ name }) => ({
    key: name,
    insert: `${name}:`,
    label: `${name}:`,
    hint: HINTS[name] ?? '',
    count: null,
  }));
  const ofMetadata = keys
    .filter(
      ({ key }) => key.toLowerCase().startsWith(wanted) || `${METADATA_PREFIX}${key}`.toLowerCase().startsWith(wanted),
    )
    .map(({ key, entries }) => {
      const name = `${printFieldName(`${METADATA_PREFIX}${key}`)}:`;
      return { key: name, insert: name, label: name, hint: '', count: entries };
    });
  return [...known, ...ofMetadata];
}

function valueCompletions(facet: Facet, place: CompletionPlace): readonly Completion[] {
  const closed = closedValues(facet.field);
  return facet.values
    .filter(({ value }) => closed === null || (value !== null && closed.includes(value)))
    .map(({ value, count }) => {
      const printed = printValue(value, facet.field);
      const meant = value === null ? valueLabel(facet.field, null) : '';
      const insert = place.kind === 'value' ? printed : `${printFieldName(facet.field)}:${printed}`;
      return {
        key: `${facet.field} ${insert}`,
        insert,
        label: insert,
        // “none” says itself what it means.
        hint: meant === insert ? '' : meant,
        count,
      };
    });
}

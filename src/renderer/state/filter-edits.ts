/** Edits of the one filter: pure, so that sidebar, chips, search box and chart all mean the same by them. */
import type { EntryFilter, NumberField, NumberFilter, TermField, TermFilter } from '../../shared/query.ts';
import { ALL_TIME } from '../../shared/query.ts';
import { type Bounds, highEnd, lowEnd } from '../../shared/query-language/number-bounds.ts';

/** What a filter says about one value of a field. */
export type TermMode = 'include' | 'exclude' | 'off';

function sameTerm(term: TermFilter, field: TermField, exclude: boolean): boolean {
  return term.field === field && term.exclude === exclude;
}

/** What the filter says about a value. */
export function termMode(filter: EntryFilter, field: TermField, value: string | null): TermMode {
  for (const term of filter.terms) {
    if (term.field === field && term.values.includes(value)) return term.exclude ? 'exclude' : 'include';
  }
  return 'off';
}

function withoutValue(terms: readonly TermFilter[], field: TermField, value: string | null): TermFilter[] {
  return terms
    .map((term) => (term.field === field ? { ...term, values: term.values.filter((kept) => kept !== value) } : term))
    .filter((term) => term.values.length > 0);
}

/** The filter that says `mode` about a value: values of one field and mode stand together and mean "any of these". */
export function withTerm(filter: EntryFilter, field: TermField, value: string | null, mode: TermMode): EntryFilter {
  const terms = withoutValue(filter.terms, field, value);
  if (mode === 'off') return { ...filter, terms };
  const exclude = mode === 'exclude';
  const known = terms.find((term) => sameTerm(term, field, exclude));
  if (known === undefined) return { ...filter, terms: [...terms, { field, values: [value], exclude }] };
  return {
    ...filter,
    terms: terms.map((term) => (term === known ? { ...term, values: [...term.values, value] } : term)),
  };
}

/** The filter without anything about a field. */
export function withoutField(filter: EntryFilter, field: TermField): EntryFilter {
  return { ...filter, terms: filter.terms.filter((term) => term.field !== field) };
}

/** What a filter asks of a number: the narrowest of all its bounds, both ends inclusive; null where it asks nothing. */
export function boundsOf(filter: EntryFilter, field: NumberField): Bounds | null {
  const bounds = filter.numbers.filter((number) => number.field === field);
  if (bounds.length === 0) return null;
  const mins = bounds.flatMap(({ min }) => (min === null ? [] : [min]));
  const maxs = bounds.flatMap(({ max }) => (max === null ? [] : [max]));
  return {
    min: mins.length === 0 ? null : Math.max(...mins),
    max: maxs.length === 0 ? null : Math.min(...maxs),
  };
}

/** The filter that asks for these bounds of a number and no others; null asks nothing of it. */
export function withBounds(filter: EntryFilter, field: NumberField, bounds: Bounds | null): EntryFilter {
  const numbers = filter.numbers.filter((number) => number.field !== field);
  return { ...filter, numbers: bounds === null ? numbers : [...numbers, { field, ...bounds }] };
}

/** True where something beside the range narrows the view. */
export function isNarrowed(filter: EntryFilter): boolean {
  return filter.terms.length > 0 || filter.numbers.length > 0 || filter.text.length > 0 || filter.contentHash !== null;
}

/** The filter that keeps only the range. */
export function withoutNarrowing(filter: EntryFilter): EntryFilter {
  return { range: filter.range, terms: [], numbers: [], text: [], contentHash: null };
}

/** One part of a filter, as a chip: what it says and the filter without it. */
export interface FilterPart {
  readonly key: string;
  readonly label: string;
  readonly value: string;
  /** What `value` lists. */
  readonly values: readonly string[];
  readonly excludes: boolean;
  readonly without: EntryFilter;
}

const FIELD_LABELS: Readonly<Record<string, string>> = {
  status: 'Status',
  provider: 'Provider',
  model: 'Model',
  conversation_id: 'Conversation',
  detectors_triggered: 'Detector',
  alerts: 'Alert',
  block_reason: 'Block reason',
  input_kind: 'Input kept',
  output_kind: 'Output kept',
  latency_ms: 'Latency',
  input_tokens: 'Input tokens',
  output_tokens: 'Output tokens',
};

/** A field as people call it; a metadata key by its own name. */
export function fieldLabel(field: string): string {
  return FIELD_LABELS[field] ?? field.replace(/^metadata\./, '');
}

/** A field's value as people read it: an entry without values of a list has none, any other field was not recorded. */
export function valueLabel(field: string, value: string | null): string {
  if (value === null) return field === 'detectors_triggered' || field === 'alerts' ? 'none' : 'not recorded';
  return value === '' ? '(empty)' : value;
}

function numberText({ min, max, field }: NumberFilter): string {
  const unit = field === 'latency_ms' ? ' ms' : '';
  if (min === null && max === null) return 'recorded';
  if (min !== null && min === max) return `${min}${unit}`;
  const low = min === null ? null : lowEnd(min);
  const high = max === null ? null : highEnd(max);
  if (low !== null && high !== null && !low.strict && !high.strict) return `${low.text} to ${high.text}${unit}`;
  const ends = [
    ...(low === null ? [] : [`${low.strict ? 'more than' : 'at least'} ${low.text}`]),
    ...(high === null ? [] : [`${high.strict ? 'less than' : 'at most'} ${high.text}`]),
  ];
  return `${ends.join(', ')}${unit}`;
}

function listed(values: readonly string[]): Pick<FilterPart, 'value' | 'values'> {
  return { value: values.join(', '), values };
}

/** Every part of a filter beside its range, in the order in which a person added them. */
export function filterParts(filter: EntryFilter): FilterPart[] {
  const terms = filter.terms.map((term, index) => ({
    key: `term ${index} ${term.field} ${term.exclude}`,
    label: fieldLabel(term.field),
    ...listed(term.values.map((value) => valueLabel(term.field, value))),
    excludes: term.exclude,
    without: { ...filter, terms: filter.terms.filter((other) => other !== term) },
  }));
  const numbers = filter.numbers.map((number, index) => ({
    key: `number ${index} ${number.field}`,
    label: fieldLabel(number.field),
    ...listed([numberText(number)]),
    excludes: false,
    without: { ...filter, numbers: filter.numbers.filter((other) => other !== number) },
  }));
  const text = filter.text.map((word, index) => ({
    key: `text ${index} ${word}`,
    label: 'Text',
    ...listed([word]),
    excludes: false,
    without: { ...filter, text: filter.text.filter((_, other) => other !== index) },
  }));
  const hash =
    filter.contentHash === null
      ? []
      : [
          {
            key: 'hash',
            label: 'Exact text, SHA-256',
            ...listed([filter.contentHash]),
            excludes: false,
            without: { ...filter, contentHash: null },
          },
        ];
  return [...terms, ...numbers, ...text, ...hash];
}

/** Every part of a filter with its range: what an empty result is explained by. */
export function excludingParts(filter: EntryFilter, rangeText: string): FilterPart[] {
  const parts = filterParts(filter);
  if (filter.range.fromUs === null && filter.range.toUs === null) return parts;
  const range = {
    key: 'range',
    label: 'Range',
    ...listed([rangeText]),
    excludes: false,
    without: { ...filter, range: ALL_TIME },
  };
  return [range, ...parts];
}

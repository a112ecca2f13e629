/** A filter as text, always the same for the same filter; parsing it gives the filter back. */
import type { TermField, TermFilter } from '../query.ts';
import { printBounds } from './number-bounds.ts';
import type { QueryFilter } from './parse-query.ts';
import { METADATA_PREFIX, nameOfField, noneIsValue } from './query-fields.ts';
import { quote, standsAlone } from './quoted-text.ts';

/** The query of a filter; empty for one that asks for nothing. Its range is not a part of the text. */
export function printQuery(filter: QueryFilter): string {
  return [
    ...filter.terms.map(printTerm),
    ...filter.numbers.map((number) => `${printFieldName(number.field)}:${printBounds(number)}`),
    ...filter.text.map(printWord),
    ...(filter.contentHash === null ? [] : [`hash:${filter.contentHash}`]),
  ].join(' ');
}

function printTerm({ field, values, exclude }: TermFilter): string {
  const list = values.map((value) => printValue(value, field)).join(',');
  return `${exclude ? '-' : ''}${printFieldName(field)}:${list}`;
}

/** Name of a field before its colon; a metadata key always with its prefix, so that no later name can take its place. */
export function printFieldName(field: string): string {
  const name = nameOfField(field as TermField);
  if (name !== null) return name;
  const key = field.slice(METADATA_PREFIX.length);
  return METADATA_PREFIX + (standsAlone(key) && !/[:,]/.test(key) ? key : quote(key));
}

/** One value of a field; null is `none`. */
export function printValue(value: string | null, field: TermField): string {
  if (value === null) return 'none';
  const plain = standsAlone(value) && !/^[<>=]|[,*]/.test(value);
  return plain && (value.toLowerCase() !== 'none' || noneIsValue(field)) ? value : quote(value);
}

function printWord(text: string): string {
  return standsAlone(text) && !/^-|:/.test(text) ? text : quote(text);
}

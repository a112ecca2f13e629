/** What could be written at the caret of a query: a name, or a value of a field. Pure. */
import type { TermField } from '../../../shared/query.ts';
import { fieldOfPair } from '../../../shared/query-language/parse-query.ts';
import { type ScannedItem, type ScannedPair, scanQuery } from '../../../shared/query-language/scan-query.ts';

/** Where a completion goes, and what was written of it so far. */
export interface CompletionPlace {
  /** `number`: a number has no values to choose from, but forms that can be shown. */
  readonly kind: 'name' | 'value' | 'number';
  /** The field whose values are asked for; null for a name. */
  readonly field: TermField | null;
  /** What the completion replaces. */
  readonly start: number;
  readonly end: number;
  /** What stands there, up to the caret, without quotes. */
  readonly written: string;
  /** The query without the item that is being written: what the counts should be narrowed by. */
  readonly rest: string;
}

/** The place at the caret; null where nothing can be completed: within a quoted phrase, or behind a name that is no field. */
export function completionPlace(text: string, caret: number): CompletionPlace | null {
  const item = scanQuery(text).find(({ start, end }) => start <= caret && caret <= end);
  if (item === undefined) return { kind: 'name', field: null, start: caret, end: caret, written: '', rest: text };
  const rest = `${text.slice(0, item.start)} ${text.slice(item.end)}`;
  if (item.kind === 'word') {
    if (item.word.quoted || caret < item.word.start) return null;
    const { start, end } = item.word;
    return { kind: 'name', field: null, start, end, written: text.slice(start, caret), rest };
  }
  return placeInPair(item, text, caret, rest);
}

function placeInPair(pair: ScannedPair, text: string, caret: number, rest: string): CompletionPlace | null {
  if (caret <= pair.key.end) {
    const start = pair.negated ? pair.start + 1 : pair.start;
    if (caret < start) return null;
    return { kind: 'name', field: null, start, end: pair.key.end + 1, written: text.slice(start, caret), rest };
  }
  const value = pair.values.find(({ start, end }) => start <= caret && caret <= end);
  const named = fieldOfPair(pair);
  if (value === undefined || named.kind === 'refused' || named.kind === 'hash') return null;
  const { start, end } = value;
  const written = text.slice(start, caret).replace(/^"/, '');
  if (named.kind === 'number') return { kind: 'number', field: null, start, end, written, rest };
  return { kind: 'value', field: named.field, start, end, written, rest };
}

/** A query and where its caret goes. */
export interface CaretText {
  readonly text: string;
  readonly caret: number;
}

/** Puts a completion in its place. A name waits for its value; behind a value the next item may begin. */
export function complete(text: string, place: CompletionPlace, insert: string): CaretText {
  const behind = text.slice(place.end);
  const waits = insert.endsWith(':');
  const space = waits || /^[\s,]/.test(behind) ? '' : ' ';
  const caret = place.start + insert.length + (waits || behind.startsWith(',') ? 0 : 1);
  return { text: text.slice(0, place.start) + insert + space + behind, caret };
}

/** True while the item at the caret is still being written: its end is where the next character goes. */
export function isBeingWritten(item: ScannedItem, caret: number): boolean {
  return item.end === caret;
}

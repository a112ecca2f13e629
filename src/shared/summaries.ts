/** Counts that help a person to narrow a view: keys of the metadata, how numbers are spread, where a text was said. */
import type { NumberField } from './query.ts';

/** A top-level key of the metadata and how many entries have it. */
export interface MetadataKey {
  readonly key: string;
  readonly entries: number;
}

/** Entries whose number lies from `from` up to but not including `below`; null leaves an end open (negative, infinite). */
export interface SpreadBin {
  readonly from: number | null;
  readonly below: number | null;
  readonly entries: number;
}

/** How the numbers of one field are spread. The field's own bounds do not narrow it; every other part of the filter does. */
export interface NumberSpread {
  readonly field: NumberField;
  /** Entries that have a number (`NaN` is none). */
  readonly recorded: number;
  readonly notRecorded: number;
  /** Finite numbers only; null where there are none. */
  readonly least: number | null;
  readonly largest: number | null;
  /** Side by side, from the least to the largest, of widths that grow with the numbers; empty where nothing is recorded. */
  readonly bins: readonly SpreadBin[];
}

/** Entries that have a hash. One may have it as its input and as its output. */
export interface HashMatches {
  readonly entries: number;
  readonly asInput: number;
  readonly asOutput: number;
}

/** How a text was changed before it was hashed: what gets lost on a clipboard or in a text field. */
export const TEXT_FORMS = [
  'as_given',
  'line_ends_crlf',
  'without_final_line_end',
  'with_final_line_end',
  'trimmed',
] as const;
export type TextForm = (typeof TEXT_FORMS)[number];

/** Where a text was said word for word. */
export interface FoundText {
  /** SHA-256 of the text in the form that was found; of the text as given where none was. */
  readonly hash: string;
  readonly form: TextForm;
  /** In the whole log, as far as it is read. */
  readonly inLog: HashMatches;
  /** Within the filter that was asked for. */
  readonly inView: HashMatches;
}

/** A query as text becomes a filter, or says where and why it is none. */
import { closedValues, type EntryFilter, FILTER_LIMITS, type NumberFilter, type TermFilter } from '../query.ts';
import { parseBounds } from './number-bounds.ts';
import { isListField, METADATA_PREFIX, type NamedField, namedField, noneIsValue } from './query-fields.ts';
import {
  type ScannedItem,
  type ScannedPair,
  type ScannedText,
  type ScannedWord,
  type Span,
  scanQuery,
} from './scan-query.ts';

/** A filter without its range, which is chosen elsewhere. */
export type QueryFilter = Omit<EntryFilter, 'range'>;

/** A remark about a part of a query. */
export interface QueryDiagnostic extends Span {
  /** With an `error` the query is no filter; a `warning` leaves it valid. */
  readonly severity: 'error' | 'warning';
  /** A sentence for a person: what is wrong, and what to write instead. */
  readonly message: string;
}

/** What became of a query. */
export interface ParsedQuery {
  /** null where a diagnostic is an error: a part is never left out silently. */
  readonly filter: QueryFilter | null;
  readonly diagnostics: readonly QueryDiagnostic[];
  readonly items: readonly ScannedItem[];
}

/** Reads a query such as `model:gpt-4 -status:blocked latency:>2000 "refund" metadata.user_id:user-3`. Never throws. */
export function parseQuery(text: string): ParsedQuery {
  const items = scanQuery(text);
  const reading = new Reading();
  for (const item of items) {
    if (item.kind === 'word') reading.word(item);
    else reading.pair(item);
  }
  const { diagnostics } = reading;
  const filter = diagnostics.some(({ severity }) => severity === 'error') ? null : reading.filter();
  return { filter, diagnostics, items };
}

/** What the name of a pair stands for. A name that is none of the log's own is a metadata key. */
export function fieldOfPair({ key, prefixed }: ScannedPair): NamedField {
  const known = prefixed ? null : namedField(key.text);
  return known ?? { kind: 'term', field: `${METADATA_PREFIX}${key.text}` as const };
}

class Reading {
  readonly diagnostics: QueryDiagnostic[] = [];
  readonly #terms: TermFilter[] = [];
  readonly #numbers: NumberFilter[] = [];
  readonly #text: string[] = [];
  #contentHash: string | null = null;

  filter(): QueryFilter {
    return { terms: this.#terms, numbers: this.#numbers, text: this.#text, contentHash: this.#contentHash };
  }

  word(item: ScannedWord): void {
    if (!this.#isWhole([item.word], item.surplus)) return;
    const { text } = item.word;
    if (item.negated) {
      this.#error(item, `Words can be looked for, not left out. To look for the dash as well, write "-${text}".`);
    } else if (text === '') {
      this.#error(item, 'Nothing stands between the quotes.');
    } else if (text.length > FILTER_LIMITS.textLength) {
      this.#error(item, `A text to look for may have ${FILTER_LIMITS.textLength} characters at most.`);
    } else if (this.#text.length === FILTER_LIMITS.texts) {
      this.#error(item, `${FILTER_LIMITS.texts} texts can be looked for at once.`);
    } else {
      this.#text.push(text);
    }
  }

  pair(item: ScannedPair): void {
    if (!this.#isWhole(item.values, item.surplus)) return;
    const named = fieldOfPair(item);
    const missing = item.values.find((value) => value.text === '' && !value.quoted);
    if (named.kind === 'refused') this.#error({ start: item.start, end: item.key.end + 1 }, named.message);
    else if (missing !== undefined) this.#missingValue(item, missing);
    else if (named.kind === 'hash') this.#hash(item);
    else if (named.kind === 'number') this.#number(item, named.field);
    else this.#term(item, named.field);
  }

  #term(item: ScannedPair, field: TermFilter['field']): void {
    if (item.key.text === '' || item.key.text.length > FILTER_LIMITS.keyLength) {
      this.#error(item.key, `A metadata key has 1 to ${FILTER_LIMITS.keyLength} characters here.`);
      return;
    }
    if (item.values.length > FILTER_LIMITS.values) {
      this.#error(item, `A field can be compared with ${FILTER_LIMITS.values} values at once.`);
      return;
    }
    if (this.#terms.length === FILTER_LIMITS.terms) {
      this.#error(item, `A query can have ${FILTER_LIMITS.terms} fields at most.`);
      return;
    }
    const values = item.values.map((value) => this.#termValue(value, field));
    if (values.includes(undefined)) return;
    const term = { field, values: values as TermFilter['values'], exclude: item.negated };
    this.#warnOfContradiction(item, term);
    this.#terms.push(term);
  }

  /** A value of a term, null for "not recorded"; undefined where it is none. */
  #termValue(value: ScannedText, field: TermFilter['field']): string | null | undefined {
    const { text, quoted } = value;
    const closed = closedValues(field);
    if (closed !== null) {
      if (closed.includes(text.toLowerCase())) return text.toLowerCase();
      return this.#error(value, `${subjectOf(field)} is ${eitherOf(closed)}.`);
    }
    if (text.length > FILTER_LIMITS.valueLength) {
      return this.#error(value, `A value may have ${FILTER_LIMITS.valueLength} characters at most.`);
    }
    if (quoted) return text;
    if (text.toLowerCase() === 'none' && !noneIsValue(field)) return null;
    if (text.includes('*')) {
      return this.#error(
        value,
        'A value is compared as a whole; * stands for nothing else. Quote it to mean the asterisk.',
      );
    }
    if (/^[<>=]/.test(text)) {
      return this.#error(
        value,
        'Only latency, tokens_in and tokens_out can be compared. Quote the value to mean it as it is.',
      );
    }
    return text;
  }

  #number(pair: ScannedPair, field: NumberFilter['field']): void {
    const [value] = pair.values;
    if (value === undefined || pair.values.length > 1) {
      this.#error(pair, 'Write one number or one span, such as 100..200, and no comma within a number.');
      return;
    }
    const bounds = parseBounds(value.text, field);
    if ('problem' in bounds) {
      this.#error(value, bounds.problem);
    } else if (pair.negated) {
      this.#error(
        { start: pair.start, end: pair.start + 1 },
        'A span of numbers cannot be left out. Ask for what shall remain, such as <=2000.',
      );
    } else if (this.#numbers.length === FILTER_LIMITS.numbers) {
      this.#error(pair, `A query can have ${FILTER_LIMITS.numbers} number fields at most.`);
    } else {
      this.#numbers.push({ field, ...bounds });
    }
  }

  #hash(pair: ScannedPair): void {
    const hash = pair.values[0]?.text.toLowerCase() ?? '';
    if (pair.negated) {
      this.#error({ start: pair.start, end: pair.start + 1 }, 'A hash can be looked for, not left out.');
    } else if (pair.values.length > 1 || !/^[0-9a-f]{64}$/.test(hash)) {
      this.#error(pair, 'Write one SHA-256: 64 digits of 0 to 9 and a to f. “Find by text” makes it from a text.');
    } else if (this.#contentHash !== null) {
      this.#error(pair, 'Only one hash can be looked for at once.');
    } else {
      this.#contentHash = hash;
    }
  }

  #missingValue(pair: ScannedPair, missing: ScannedText): void {
    const first = missing === pair.values[0] && pair.values.length === 1;
    const message = first
      ? `Write what ${pair.key.text} shall be, or none where it is not recorded.`
      : 'A value is missing at the comma.';
    this.#error(first ? pair : { start: missing.start - 1, end: Math.max(missing.end, missing.start) }, message);
  }

  #warnOfContradiction(pair: ScannedPair, term: TermFilter): void {
    if (term.exclude || isListField(term.field)) return;
    const before = this.#terms.find((known) => known.field === term.field && !known.exclude);
    if (before === undefined || before.values.some((value) => term.values.includes(value))) return;
    const either = `${pair.key.text}:A,B`;
    this.diagnostics.push({
      start: pair.start,
      end: pair.end,
      severity: 'warning',
      message: `No entry has both. To keep either, write them together: ${either}.`,
    });
  }

  #isWhole(texts: readonly ScannedText[], surplus: Span | null): boolean {
    const open = texts.find(({ closed }) => !closed);
    if (open !== undefined) this.#error(open, 'The quote that opens here is not closed.');
    if (surplus !== null) this.#error(surplus, 'Put a space behind the closing quote.');
    return open === undefined && surplus === null;
  }

  #error({ start, end }: Span, message: string): undefined {
    this.diagnostics.push({ start, end, severity: 'error', message });
  }
}

function subjectOf(field: string): string {
  return field === 'status' ? 'A status' : 'The kind of what was kept';
}

function eitherOf(values: readonly string[]): string {
  return `${values.slice(0, -1).join(', ')} or ${values.at(-1) ?? ''}`;
}

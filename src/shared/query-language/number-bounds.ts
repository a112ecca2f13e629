/**
 * Bounds of a number as text: `>2000`, `>=2000`, `<2000`, `<=2000`, `100..200`, `100..`, `..200`, `42`, and `*` for any that is
 * recorded. `>` and `<` are exact: the bound that is kept is the next number that a double can hold, and is shown as it was asked.
 */
import type { NumberField, NumberFilter } from '../query.ts';

/** Both ends inclusive; null leaves an end open. */
export type Bounds = Pick<NumberFilter, 'min' | 'max'>;

const MS_PER_UNIT: Readonly<Record<string, number>> = { ms: 1, s: 1000, min: 60_000 };
const NUMBER = /^([+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)(ms|s|min)?$/i;

/** Bounds as a person wrote them, or a sentence that says what is wrong. */
export function parseBounds(text: string, field: NumberField): Bounds | { readonly problem: string } {
  if (text === '*') return { min: null, max: null };
  const compared = /^(>=|<=|>|<|=)(.*)$/s.exec(text);
  const bounds =
    compared === null ? parseSpan(text, field) : parseCompared(compared[1] ?? '', compared[2] ?? '', field);
  if ('problem' in bounds) return bounds;
  if (!isFiniteOrOpen(bounds.min) || !isFiniteOrOpen(bounds.max)) return notANumber(text, field);
  if (bounds.min !== null && bounds.max !== null && bounds.min > bounds.max) {
    return { problem: 'The first number must not be larger than the second.' };
  }
  return bounds;
}

function isFiniteOrOpen(end: number | null): boolean {
  return end === null || Number.isFinite(end);
}

function parseCompared(operator: string, text: string, field: NumberField): Bounds | { readonly problem: string } {
  const range = operator === '>' && text.includes('..') ? parseSpan(`>${text}`, field) : null;
  if (range !== null) return range;
  const value = parseNumber(text, field);
  if (value === null) return notANumber(text, field);
  switch (operator) {
    case '>':
      return { min: nextUp(value), max: null };
    case '>=':
      return { min: value, max: null };
    case '<':
      return { min: null, max: nextDown(value) };
    case '<=':
      return { min: null, max: value };
    default:
      return { min: value, max: value };
  }
}

function parseSpan(text: string, field: NumberField): Bounds | { readonly problem: string } {
  const ends = text.split('..');
  if (ends.length === 1) return parseCompared('=', text, field);
  const [low = '', high = ''] = ends;
  if (ends.length > 2 || (low === '' && high === '')) return notANumber(text, field);
  const above = low.startsWith('>');
  const below = high.startsWith('<');
  const min = low === '' ? null : parseNumber(above ? low.slice(1) : low, field);
  const max = high === '' ? null : parseNumber(below ? high.slice(1) : high, field);
  if ((low !== '' && min === null) || (high !== '' && max === null)) return notANumber(text, field);
  return { min: min !== null && above ? nextUp(min) : min, max: max !== null && below ? nextDown(max) : max };
}

function parseNumber(text: string, field: NumberField): number | null {
  const match = NUMBER.exec(text);
  if (match === null) return null;
  const unit = match[2]?.toLowerCase();
  if (unit !== undefined && field !== 'latency_ms') return null;
  const value = Number(match[1]) * (unit === undefined ? 1 : (MS_PER_UNIT[unit] ?? 1));
  return Number.isFinite(value) ? value : null;
}

function notANumber(text: string, field: NumberField): { readonly problem: string } {
  const units = field === 'latency_ms' ? ', 2s' : '';
  if (text.toLowerCase() === 'none') return { problem: 'Numbers that were not recorded cannot be asked for.' };
  return { problem: `“${text}” is no number. Write 2000${units}, >2000, <=2000 or 100..200.` };
}

/** Bounds as they are printed: `parseBounds` gives the same back. */
export function printBounds({ min, max }: Bounds): string {
  if (min === null && max === null) return '*';
  if (min !== null && max !== null) {
    if (Object.is(min, max)) return numberText(min);
    const [low, high] = [lowEnd(min), highEnd(max)];
    return `${low.strict ? '>' : ''}${low.text}..${high.strict ? '<' : ''}${high.text}`;
  }
  if (min !== null) {
    const { strict, text } = lowEnd(min);
    return `${strict ? '>' : '>='}${text}`;
  }
  const { strict, text } = highEnd(max as number);
  return `${strict ? '<' : '<='}${text}`;
}

/** One end of a span as a person would say it; `strict` where the number itself lies outside. */
export interface BoundEnd {
  readonly text: string;
  readonly strict: boolean;
}

/** The lower end: `more than 2000` where the bound is the number next above 2000. */
export function lowEnd(min: number): BoundEnd {
  return end(min, nextDown(min));
}

/** The upper end: `less than 2000` where the bound is the number next below 2000. */
export function highEnd(max: number): BoundEnd {
  return end(max, nextUp(max));
}

function end(bound: number, beyond: number): BoundEnd {
  const outside = Object.is(beyond, -0) ? 0 : beyond;
  const strict = Number.isFinite(outside) && numberText(outside).length < numberText(bound).length;
  return { text: numberText(strict ? outside : bound), strict };
}

function numberText(value: number): string {
  return Object.is(value, -0) ? '-0' : String(value);
}

const BITS = new DataView(new ArrayBuffer(8));

/** The smallest double above a number. */
export function nextUp(value: number): number {
  if (value === 0) return Number.MIN_VALUE;
  BITS.setFloat64(0, value);
  const bits = BITS.getBigInt64(0);
  BITS.setBigInt64(0, value > 0 ? bits + 1n : bits - 1n);
  return BITS.getFloat64(0);
}

/** The largest double below a number. */
export function nextDown(value: number): number {
  return -nextUp(-value);
}

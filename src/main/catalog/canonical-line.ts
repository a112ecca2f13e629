/**
 * Reads a line of the log without building an entry, where the line is written exactly as the format's writers write it: the 17
 * fields in their order, ASCII, nothing unusual. It answers where the values stand. Whatever differs, however little, is refused
 * and read by the library: what a line means is decided there alone, here it is only told faster, without a string or an object.
 */
import { daysFromDate, US_PER_DAY } from '../../shared/timestamp.ts';
import { ENTRY_FIELDS } from '../audit/index.ts';
import { type ContentSpan, scanContent } from './content-span.ts';
import { scanObject, scanText, scanTexts } from './json-scan.ts';

const QUOTE = 0x22;
const MINUS = 0x2d;
const CLOSE_OBJECT = 0x7d;
const SPACE = 0x20;
const LOWER_N = 0x6e;
const NEWLINE = 0x0a;
const CARRIAGE_RETURN = 0x0d;

/** What stands before each field's value, as Python's `json.dumps` writes it, and without spaces. */
const SPACED = ENTRY_FIELDS.map((field, index) => Buffer.from(`${index === 0 ? '{' : ', '}"${field}": `, 'latin1'));
const COMPACT = ENTRY_FIELDS.map((field, index) => Buffer.from(`${index === 0 ? '{' : ','}"${field}":`, 'latin1'));
const NULL = Buffer.from('null', 'latin1');
const TRUE = Buffer.from('true', 'latin1');
const FALSE = Buffer.from('false', 'latin1');

/** Digits that a number holds without loss. */
const EXACT_DIGITS = 15;
const POWERS_OF_TEN = Float64Array.from({ length: EXACT_DIGITS + 1 }, (_, power) => 10 ** power);

/** A line was not written as expected. */
const REFUSED = -1;

/** Where a value lies in the line; `from` is -1 where it is null or an empty list. Texts without their quotes. */
export interface Span {
  from: number;
  to: number;
}

/** The line that was read last. One object is used for all lines: a million of them make no garbage. */
export class CanonicalLine {
  bytes: Uint8Array = new Uint8Array(0);
  /** Where the line begins and ends in the bytes, its line end left out. */
  from = 0;
  to = 0;
  epochUs = 0;
  safetyPassed = true;
  latencyMs = 0;
  /** NaN where it is null: a number in JSON never is. */
  inputTokens = 0;
  outputTokens = 0;
  readonly id: Span = { from: 0, to: 0 };
  readonly inputHash: Span = { from: 0, to: 0 };
  readonly outputHash: Span = { from: 0, to: 0 };
  readonly input: ContentSpan = { from: 0, to: 0, byteLength: 0, isEncrypted: false };
  readonly output: ContentSpan = { from: 0, to: 0, byteLength: 0, isEncrypted: false };
  readonly provider: Span = { from: 0, to: 0 };
  readonly model: Span = { from: 0, to: 0 };
  readonly conversationId: Span = { from: 0, to: 0 };
  readonly detectors: Span = { from: 0, to: 0 };
  readonly blockReason: Span = { from: 0, to: 0 };
  readonly alerts: Span = { from: 0, to: 0 };
  readonly metadata: Span = { from: 0, to: 0 };
  #at = 0;
  #number = 0;
  #dateFrom = new Uint8Array(10);
  #dateUs = Number.NaN;

  /**
   * true where the line that begins at `from` is canonical, up to the end of the bytes or to a line end; its values can then be
   * taken until the next call. Nothing behind a line end is looked at.
   */
  read(bytes: Uint8Array, from = 0): boolean {
    this.bytes = bytes;
    this.from = from;
    this.#at = from;
    const keys = bytes[from + 6] === SPACE ? SPACED : COMPACT;
    return (
      this.#text(keys[0], this.id) &&
      this.id.to > this.id.from &&
      this.#timestamp(keys[1]) &&
      this.#text(keys[2], this.inputHash) &&
      this.#text(keys[3], this.outputHash) &&
      this.#content(keys[4], this.input) &&
      this.#content(keys[5], this.output) &&
      this.#textOrNull(keys[6], this.provider) &&
      this.#textOrNull(keys[7], this.model) &&
      this.#textOrNull(keys[8], this.conversationId) &&
      this.#boolean(keys[9]) &&
      this.#texts(keys[10], this.detectors) &&
      this.#textOrNull(keys[11], this.blockReason) &&
      this.#texts(keys[12], this.alerts) &&
      this.#numberValue(keys[13], false) &&
      this.#set('latencyMs') &&
      this.#numberValue(keys[14], true) &&
      this.#set('inputTokens') &&
      this.#numberValue(keys[15], true) &&
      this.#set('outputTokens') &&
      this.#metadata(keys[16])
    );
  }

  #set(field: 'latencyMs' | 'inputTokens' | 'outputTokens'): true {
    this[field] = this.#number;
    return true;
  }

  #take(literal: Uint8Array | undefined): boolean {
    const { bytes } = this;
    const at = this.#at;
    const length = literal?.length ?? 0;
    for (let index = 0; index < length; index += 1) {
      if (bytes[at + index] !== (literal as Uint8Array)[index]) return false;
    }
    this.#at = at + length;
    return true;
  }

  /** Goes on behind a value that ends at `end`. */
  #goOn(end: number): boolean {
    this.#at = end;
    return end !== REFUSED;
  }

  #text(key: Uint8Array | undefined, span: Span): boolean {
    if (!this.#take(key)) return false;
    const end = scanText(this.bytes, this.#at);
    span.from = this.#at + 1;
    span.to = end - 1;
    return this.#goOn(end);
  }

  #textOrNull(key: Uint8Array | undefined, span: Span): boolean {
    if (!this.#take(key)) return false;
    if (this.bytes[this.#at] === LOWER_N) {
      span.from = -1;
      return this.#take(NULL);
    }
    const end = scanText(this.bytes, this.#at);
    span.from = this.#at + 1;
    span.to = end - 1;
    return this.#goOn(end);
  }

  #content(key: Uint8Array | undefined, span: ContentSpan): boolean {
    if (!this.#take(key)) return false;
    if (this.bytes[this.#at] !== LOWER_N) return this.#goOn(scanContent(this.bytes, this.#at, span));
    span.from = -1;
    return this.#take(NULL);
  }

  #texts(key: Uint8Array | undefined, span: Span): boolean {
    if (!this.#take(key)) return false;
    const end = scanTexts(this.bytes, this.#at);
    span.from = end - this.#at === 2 ? -1 : this.#at;
    span.to = end;
    return this.#goOn(end);
  }

  #boolean(key: Uint8Array | undefined): boolean {
    if (!this.#take(key)) return false;
    this.safetyPassed = this.bytes[this.#at] === TRUE[0];
    return this.#take(this.safetyPassed ? TRUE : FALSE);
  }

  #metadata(key: Uint8Array | undefined): boolean {
    if (!this.#take(key)) return false;
    const end = scanObject(this.bytes, this.#at);
    this.metadata.from = this.#at;
    this.metadata.to = end;
    if (end === REFUSED || this.bytes[end] !== CLOSE_OBJECT) return false;
    this.to = end + 1;
    const next = this.bytes[this.to];
    return next === undefined || next === NEWLINE || (next === CARRIAGE_RETURN && this.bytes[this.to + 1] === NEWLINE);
  }

  /** Decimal digits with or without a fraction, few enough that one division makes the number that `JSON.parse` makes. */
  #numberValue(key: Uint8Array | undefined, mayBeNull: boolean): boolean {
    if (!this.#take(key)) return false;
    const { bytes } = this;
    if (mayBeNull && bytes[this.#at] === LOWER_N) {
      this.#number = Number.NaN;
      return this.#take(NULL);
    }
    const isNegative = bytes[this.#at] === MINUS;
    const first = this.#at + (isNegative ? 1 : 0);
    const whole = this.#digits(first, 0);
    const isInteger = bytes[whole] !== 0x2e;
    const end = isInteger ? whole : this.#digits(whole + 1, this.#number);
    const digits = end - first;
    const next = bytes[end] as number;
    const mustRefuse =
      whole === first ||
      (bytes[first] === 0x30 && whole > first + 1) ||
      (!isInteger && end === whole + 1) ||
      digits > EXACT_DIGITS ||
      (next | 0x20) === 0x65;
    if (mustRefuse) return false;
    const value = isInteger ? this.#number : this.#number / (POWERS_OF_TEN[end - whole - 1] as number);
    this.#number = isNegative ? -value : value;
    return this.#goOn(end);
  }

  /** Reads digits on to a number; answers where they end. */
  #digits(from: number, begun: number): number {
    let number = begun;
    let at = from;
    for (; ; at += 1) {
      const digit = (this.bytes[at] as number) - 0x30;
      if (!(digit >= 0 && digit <= 9)) break;
      number = number * 10 + digit;
    }
    this.#number = number;
    return at;
  }

  /** A time as this project writes it, so that its text need not be kept: `2026-01-28T10:00:00`, with six digits of fraction or none. */
  #timestamp(key: Uint8Array | undefined): boolean {
    if (!this.#take(key) || this.bytes[this.#at] !== QUOTE) return false;
    const { bytes } = this;
    const at = this.#at + 1;
    const isWhole = bytes[at + 19] === QUOTE;
    if (!isWhole && (bytes[at + 19] !== 0x2e || bytes[at + 26] !== QUOTE)) return false;
    if (bytes[at + 10] !== 0x54 || bytes[at + 13] !== 0x3a || bytes[at + 16] !== 0x3a) return false;
    const hour = twoDigits(bytes, at + 11);
    const minute = twoDigits(bytes, at + 14);
    const second = twoDigits(bytes, at + 17);
    if (!(hour <= 23 && minute <= 59 && second <= 59)) return false;
    let fraction = 0;
    if (!isWhole) {
      if (this.#digits(at + 20, 0) !== at + 26 || this.#number === 0) return false;
      fraction = this.#number;
    }
    this.epochUs = this.#dayUs(at) + (hour * 3600 + minute * 60 + second) * 1_000_000 + fraction;
    return !Number.isNaN(this.epochUs) && this.#goOn(at + (isWhole ? 20 : 27));
  }

  /** The first moment of the date at `at`; NaN where there is none. Lines of a log nearly always share the date of the line before. */
  #dayUs(at: number): number {
    const { bytes } = this;
    let isSame = true;
    for (let index = 0; index < 10; index += 1) {
      if (bytes[at + index] === this.#dateFrom[index]) continue;
      isSame = false;
      break;
    }
    if (isSame) return this.#dateUs;
    this.#dateFrom.set(bytes.subarray(at, at + 10));
    this.#dateUs = Number.NaN;
    if (bytes[at + 4] !== MINUS || bytes[at + 7] !== MINUS) return Number.NaN;
    const year = twoDigits(bytes, at) * 100 + twoDigits(bytes, at + 2);
    // Within these years every microsecond is an exact number.
    if (!(year >= 1700 && year <= 2200)) return Number.NaN;
    this.#dateUs = daysFromDate(year, twoDigits(bytes, at + 5), twoDigits(bytes, at + 8)) * US_PER_DAY;
    return this.#dateUs;
  }
}

/** A number of two digits; NaN where there are none. */
function twoDigits(bytes: Uint8Array, at: number): number {
  const tens = (bytes[at] as number) - 0x30;
  const ones = (bytes[at + 1] as number) - 0x30;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : Number.NaN;
}

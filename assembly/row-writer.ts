/**
 * Writes the rows of the index from the bytes of lines, column by column, where DuckDB takes them from. AssemblyScript, as
 * line-scanner.ts is.
 *
 * It knows fewer lines than the scanner: those alone whose row needs no more than their bytes. Texts that are kept have no escapes,
 * numbers are few enough digits that one division makes what `JSON.parse` makes, and no name stands twice in an object. The row of
 * such a line is the very row that the library's way makes; tests hold every line against it. It stops at any other.
 */

import { bitsOf, isLowerHex } from './hexadecimal';
import {
  afterEnd,
  boolean,
  CLOSE_LIST,
  COMMA,
  chooseKeys,
  DOT,
  epochUs,
  fractionUs,
  key,
  LOWER_E,
  LOWER_N,
  MINUS,
  NONE,
  nullWord,
  OPEN_LIST,
  QUOTE,
  RETURN,
  TRUE_WORD,
  timestamp,
  ZERO,
} from './line-parts';
import { afterSpace, object, plainText } from './plain-json';
import {
  beginRow,
  dropRow,
  goOnAt,
  heapEnd,
  keep,
  keepRow,
  keptText,
  put,
  setBits,
  setBoolean,
  setInteger,
  setNumber,
  setText,
} from './row-columns';
import { content } from './row-content';

export { KEY_LENGTHS, KEYS } from './line-parts';
export { heapLength, PLACES } from './row-columns';

/** Columns of the table `entries` in its order, without `seq`. */
const FILE: usize = 0;
const BYTE_OFFSET: usize = 1;
const BYTE_LENGTH: usize = 2;
const EPOCH_US: usize = 3;
const ID: usize = 5;
const ID_TEXT: usize = 6;
const INPUT_HASH: usize = 7;
const OUTPUT_HASH: usize = 9;
const PROVIDER: usize = 11;
const MODEL: usize = 12;
const CONVERSATION_ID: usize = 13;
const BLOCKED: usize = 14;
const DETECTORS: usize = 15;
const BLOCK_REASON: usize = 16;
const ALERTS: usize = 17;
const LATENCY_MS: usize = 18;
const INPUT_TOKENS: usize = 19;
const OUTPUT_TOKENS: usize = 21;
const INPUT_KIND: usize = 23;
const OUTPUT_KIND: usize = 26;
const METADATA: usize = 29;

/** Where the caller may put lines and columns. */
export const ROOM: usize = 0x10000;

/** Digits that a number holds without loss. */
const EXACT_DIGITS: usize = 15;
const POWERS_OF_TEN: usize = memory.data<f64>([
  1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
]);

let writtenTo: usize = 0;
/** The number that was read last. */
let numberValue: f64 = 0;

/** Behind the last line that was written. */
export function end(): usize {
  return writtenTo;
}

/**
 * Writes rows from `fromRow` on for whole lines, each with its newline, of which the first begins at `byteOffset` of its file. The
 * heap of texts lies at `heap` and is filled up to `filledHeap`; there must be room for as many bytes as the lines have. Answers
 * the number of rows by now: it stops before a line it does not know, and at `mostRows`.
 */
export function write(
  from: usize,
  to: usize,
  fromRow: usize,
  mostRows: usize,
  heap: usize,
  filledHeap: usize,
  heapEnds: usize,
  file: i32,
  byteOffset: f64,
): usize {
  let at = from;
  let rows = fromRow;
  goOnAt(fromRow, heap, filledHeap);
  while (at < to && rows < mostRows) {
    beginRow();
    const next = line(at);
    if (!next) {
      dropRow();
      break;
    }
    const lineEnd = load<u8>(next - 2) == RETURN ? next - 2 : next - 1;
    setInteger(FILE, file);
    setNumber(BYTE_OFFSET, byteOffset + <f64>(at - from));
    setNumber(BYTE_LENGTH, <f64>(lineEnd - at));
    keepRow(heapEnds);
    rows += 1;
    at = next;
  }
  writtenTo = at;
  return rows;
}

function line(from: usize): usize {
  chooseKeys(from);
  let at = key(from, 0);
  if (!at || !(at = id(at))) return NONE;
  // A fraction of zeros is not how this time is written: its text must be kept.
  if (!(at = key(at, 1)) || !(at = timestamp(at)) || fractionUs == 0) return NONE;
  setNumber(EPOCH_US, <f64>epochUs);
  if (!(at = key(at, 2)) || !(at = hash(at, INPUT_HASH))) return NONE;
  if (!(at = key(at, 3)) || !(at = hash(at, OUTPUT_HASH))) return NONE;
  if (!(at = key(at, 4)) || !(at = content(at, INPUT_KIND))) return NONE;
  if (!(at = key(at, 5)) || !(at = content(at, OUTPUT_KIND))) return NONE;
  if (!(at = key(at, 6)) || !(at = textOrNull(at, PROVIDER))) return NONE;
  if (!(at = key(at, 7)) || !(at = textOrNull(at, MODEL))) return NONE;
  if (!(at = key(at, 8)) || !(at = textOrNull(at, CONVERSATION_ID))) return NONE;
  if (!(at = key(at, 9)) || !(at = blocked(at))) return NONE;
  if (!(at = key(at, 10)) || !(at = texts(at, DETECTORS))) return NONE;
  if (!(at = key(at, 11)) || !(at = textOrNull(at, BLOCK_REASON))) return NONE;
  if (!(at = key(at, 12)) || !(at = texts(at, ALERTS))) return NONE;
  if (!(at = key(at, 13)) || !(at = number(at))) return NONE;
  setNumber(LATENCY_MS, numberValue);
  if (!(at = key(at, 14)) || !(at = count(at, INPUT_TOKENS))) return NONE;
  if (!(at = key(at, 15)) || !(at = count(at, OUTPUT_TOKENS))) return NONE;
  if (!(at = key(at, 16)) || !(at = metadata(at))) return NONE;
  return afterEnd(at);
}

function textOrNull(from: usize, column: usize): usize {
  if (load<u8>(from) == LOWER_N) return nullWord(from);
  const start = heapEnd;
  const at = keptText(from);
  if (at) setText(column, start);
  return at;
}

/** A list of texts, kept as JSON without spaces; null where it is empty. */
function texts(from: usize, column: usize): usize {
  if (load<u8>(from) != OPEN_LIST) return NONE;
  if (load<u8>(from, 1) == CLOSE_LIST) return from + 2;
  const start = heapEnd;
  let at = from + 1;
  put(OPEN_LIST);
  while (true) {
    put(QUOTE);
    if (!(at = keptText(at))) return NONE;
    put(QUOTE);
    const byte = load<u8>(at);
    put(byte);
    if (byte == CLOSE_LIST) {
      setText(column, start);
      return at + 1;
    }
    if (byte != COMMA) return NONE;
    at = afterSpace(at + 1);
  }
}

function blocked(from: usize): usize {
  setBoolean(BLOCKED, load<u32>(from) != TRUE_WORD);
  return boolean(from);
}

function count(at: usize, column: usize): usize {
  if (load<u8>(at) == LOWER_N) return nullWord(at);
  const next = number(at);
  if (next) setNumber(column, numberValue);
  return next;
}

/** Decimal digits with or without a fraction, of which one division makes the number. Leaves it in {@link numberValue}. */
function number(from: usize): usize {
  const first = load<u8>(from) == MINUS ? from + 1 : from;
  let digits: u64 = 0;
  let at = first;
  let digit: u8 = 0;
  while ((digit = load<u8>(at) - ZERO) <= 9) {
    digits = digits * 10 + digit;
    at += 1;
  }
  let exact = at - first;
  let scale: usize = 0;
  if (exact == 0 || (exact > 1 && load<u8>(first) == ZERO)) return NONE;
  if (load<u8>(at) == DOT) {
    const fraction = at + 1;
    at = fraction;
    while ((digit = load<u8>(at) - ZERO) <= 9) {
      digits = digits * 10 + digit;
      at += 1;
    }
    scale = at - fraction;
    if (scale == 0) return NONE;
    exact += scale;
  }
  if (exact > EXACT_DIGITS || (load<u8>(at) | 0x20) == LOWER_E) return NONE;
  const value = <f64>digits / load<f64>(POWERS_OF_TEN + scale * 8);
  numberValue = first == from ? value : -value;
  return at;
}

function id(from: usize): usize {
  if (load<u8>(from) != QUOTE || load<u8>(from, 1) == QUOTE) return NONE;
  const at = from + 1;
  if (isUuid(at)) {
    const low = v128.load(at, 16);
    const first = i8x16.shuffle(v128.load(at), low, 0, 1, 2, 3, 4, 5, 6, 7, 9, 10, 11, 12, 14, 15, 16, 17);
    const second = i8x16.shuffle(low, v128.load(at, 20), 3, 4, 5, 6, 8, 9, 10, 11, 12, 13, 14, 15, 28, 29, 30, 31);
    if (isLowerHex(first) && isLowerHex(second)) {
      setBits(ID, bitsOf(first, second));
      return at + 37;
    }
  }
  const start = heapEnd;
  const next = keptText(from);
  if (next) setText(ID_TEXT, start);
  return next;
}

/** True where hyphens and the closing quote stand as in a UUID. */
function isUuid(at: usize): bool {
  return (
    load<u8>(at, 8) == MINUS &&
    load<u8>(at, 13) == MINUS &&
    load<u8>(at, 18) == MINUS &&
    load<u8>(at, 23) == MINUS &&
    load<u8>(at, 36) == QUOTE
  );
}

/** A hash in its two halves; nothing of it is kept where it is no SHA-256 in lower case. */
function hash(from: usize, column: usize): usize {
  const at = from + 1;
  if (load<u8>(from) != QUOTE || load<u8>(at, 64) != QUOTE) return plainText(from);
  const first = v128.load(at);
  const second = v128.load(at, 16);
  const third = v128.load(at, 32);
  const fourth = v128.load(at, 48);
  if (!isLowerHex(first) || !isLowerHex(second) || !isLowerHex(third) || !isLowerHex(fourth)) return plainText(from);
  setBits(column, bitsOf(first, second));
  setBits(column + 1, bitsOf(third, fourth));
  return at + 65;
}

/** An object, kept as its text. */
function metadata(from: usize): usize {
  const at = object(from, 1);
  if (!at) return NONE;
  const start = heapEnd;
  keep(from, at);
  setText(METADATA, start);
  return at;
}

/** JSON that is kept as the text it is. What it does not follow may be JSON all the same, and is for the library to read. */

import {
  afterDigits,
  boolean,
  CLOSE_LIST,
  CLOSE_OBJECT,
  COLON,
  COMMA,
  DOT,
  LOWER_N,
  MINUS,
  NONE,
  nullWord,
  OPEN_LIST,
  OPEN_OBJECT,
  QUOTE,
  SPACE,
  textStops,
  ZERO,
} from './line-parts';

/** Deepest nesting that is followed. */
const MOST_DEPTH: i32 = 8;
/** Most members of one object whose names are compared with each other. */
const MOST_MEMBERS: i32 = 24;
/** Digits an integer may have. */
const EXACT_DIGITS: usize = 15;
/** Names of the objects that are open: where each begins and ends, 32 bits each. */
const NAMES: usize = memory.data(9 * 24 * 8, 16);
const NAMES_BYTES: usize = 24 * 8;

/** A text without escapes. */
export function plainText(from: usize): usize {
  if (load<u8>(from) != QUOTE) return NONE;
  let at = from + 1;
  while (true) {
    const stops = textStops(at);
    if (stops != 0) {
      at += ctz(stops);
      return load<u8>(at) == QUOTE ? at + 1 : NONE;
    }
    at += 16;
  }
}

/** One space may stand behind a comma or a colon, as Python writes it. */
export function afterSpace(at: usize): usize {
  return load<u8>(at) == SPACE ? at + 1 : at;
}

/** An object without escapes in which no name stands twice. */
export function object(from: usize, depth: i32): usize {
  if (load<u8>(from) != OPEN_OBJECT || depth > MOST_DEPTH) return NONE;
  if (load<u8>(from, 1) == CLOSE_OBJECT) return from + 2;
  const names = NAMES + <usize>depth * NAMES_BYTES;
  let at = from + 1;
  for (let members = 0; members < MOST_MEMBERS; members++) {
    const name = at;
    if (!(at = plainText(at)) || load<u8>(at) != COLON || isTaken(names, members, name, at)) return NONE;
    if (!(at = value(afterSpace(at + 1), depth))) return NONE;
    const byte = load<u8>(at);
    if (byte == CLOSE_OBJECT) return at + 1;
    if (byte != COMMA) return NONE;
    at = afterSpace(at + 1);
  }
  return NONE;
}

/** True where a name is among the others; otherwise it becomes one of them. */
function isTaken(names: usize, count: i32, from: usize, to: usize): bool {
  const name = names + <usize>count * 8;
  for (let other = names; other < name; other += 8) {
    const otherFrom = load<usize>(other);
    if (load<usize>(other, 4) - otherFrom == to - from && memory.compare(otherFrom, from, to - from) == 0) return true;
  }
  store<usize>(name, from);
  store<usize>(name, to, 4);
  return false;
}

function list(from: usize, depth: i32): usize {
  if (depth > MOST_DEPTH) return NONE;
  if (load<u8>(from, 1) == CLOSE_LIST) return from + 2;
  let at = from + 1;
  while (true) {
    if (!(at = value(at, depth))) return NONE;
    const byte = load<u8>(at);
    if (byte == CLOSE_LIST) return at + 1;
    if (byte != COMMA) return NONE;
    at = afterSpace(at + 1);
  }
}

function value(at: usize, depth: i32): usize {
  const byte = load<u8>(at);
  if (byte == QUOTE) return plainText(at);
  if (byte == OPEN_OBJECT) return object(at, depth + 1);
  if (byte == OPEN_LIST) return list(at, depth + 1);
  if (byte == LOWER_N) return nullWord(at);
  return byte == 0x74 || byte == 0x66 ? boolean(at) : storedNumber(at);
}

/** A number that stays the text it is: of few digits, without an exponent, which the digit it ends with makes sure of. */
function storedNumber(from: usize): usize {
  const first = load<u8>(from) == MINUS ? from + 1 : from;
  let at = afterDigits(first);
  const digits = at - first;
  if (digits == 0 || digits > EXACT_DIGITS || (digits > 1 && load<u8>(first) == ZERO)) return NONE;
  if (load<u8>(at) == DOT) {
    const fraction = at + 1;
    at = afterDigits(fraction);
    if (at == fraction) return NONE;
  }
  return at;
}

/**
 * Finds where a JSON value in ASCII ends, and makes sure that it is one (RFC 8259). Knows less than JSON on purpose: what it answers
 * -1 for may be JSON all the same, and is for the library to read. Every function takes the position of the value's first byte and
 * answers the position behind its last. Reading past the end finds `undefined`, which is part of no value.
 */

const REFUSED = -1;

/** Deepest nesting that is followed. */
const MOST_DEPTH = 8;
/** Most members of one object whose names are compared with each other. */
const MOST_MEMBERS = 24;
/** Digits an integer may have; a longer one may not fit a number. */
const MOST_DIGITS = 15;

const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const SPACE = 0x20;
const MINUS = 0x2d;
const DOT = 0x2e;
const OPEN_LIST = 0x5b;
const CLOSE_LIST = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

/** 1 for bytes that stand for themselves in a text: ASCII without control characters, quote and backslash. */
const PLAIN = Uint8Array.from({ length: 256 }, (_, byte) =>
  byte >= 0x20 && byte < 0x80 && byte !== QUOTE && byte !== 0x5c ? 1 : 0,
);

const WORDS = ['true', 'false', 'null'].map((word) => Buffer.from(word, 'latin1'));

/** A text without escapes. */
export function scanText(bytes: Uint8Array, at: number): number {
  if (bytes[at] !== QUOTE) return REFUSED;
  let end = at + 1;
  while (PLAIN[bytes[end] as number] === 1) end += 1;
  return bytes[end] === QUOTE ? end + 1 : REFUSED;
}

/** A list of texts without escapes. Empty, it is written `[]`. */
export function scanTexts(bytes: Uint8Array, at: number): number {
  if (bytes[at] !== OPEN_LIST) return REFUSED;
  if (bytes[at + 1] === CLOSE_LIST) return at + 2;
  for (let next = at + 1; ; ) {
    const end = scanText(bytes, next);
    if (end === REFUSED) return REFUSED;
    if (bytes[end] === CLOSE_LIST) return end + 1;
    if (bytes[end] !== COMMA) return REFUSED;
    next = afterSpace(bytes, end + 1);
  }
}

/** An object without escapes in which no name stands twice. */
export function scanObject(bytes: Uint8Array, at: number, depth = 1): number {
  if (bytes[at] !== OPEN_OBJECT || depth > MOST_DEPTH) return REFUSED;
  if (bytes[at + 1] === CLOSE_OBJECT) return at + 2;
  // Pairs of where a name begins and ends.
  const names: number[] = [];
  for (let next = at + 1; ; ) {
    const nameEnd = scanText(bytes, next);
    if (nameEnd === REFUSED || bytes[nameEnd] !== COLON || isTaken(bytes, names, next, nameEnd)) return REFUSED;
    names.push(next, nameEnd);
    const end = scanValue(bytes, afterSpace(bytes, nameEnd + 1), depth);
    if (end === REFUSED) return REFUSED;
    if (bytes[end] === CLOSE_OBJECT) return end + 1;
    if (bytes[end] !== COMMA) return REFUSED;
    next = afterSpace(bytes, end + 1);
  }
}

function scanValue(bytes: Uint8Array, at: number, depth: number): number {
  switch (bytes[at]) {
    case QUOTE:
      return scanText(bytes, at);
    case OPEN_OBJECT:
      return scanObject(bytes, at, depth + 1);
    case OPEN_LIST:
      return scanList(bytes, at, depth + 1);
    case 0x74:
    case 0x66:
    case 0x6e:
      return scanWord(bytes, at);
    default:
      return scanNumber(bytes, at);
  }
}

function scanList(bytes: Uint8Array, at: number, depth: number): number {
  if (depth > MOST_DEPTH) return REFUSED;
  if (bytes[at + 1] === CLOSE_LIST) return at + 2;
  for (let next = at + 1; ; ) {
    const end = scanValue(bytes, next, depth);
    if (end === REFUSED) return REFUSED;
    if (bytes[end] === CLOSE_LIST) return end + 1;
    if (bytes[end] !== COMMA) return REFUSED;
    next = afterSpace(bytes, end + 1);
  }
}

function scanWord(bytes: Uint8Array, at: number): number {
  for (const word of WORDS) {
    let index = 0;
    while (index < word.length && bytes[at + index] === word[index]) index += 1;
    if (index === word.length) return at + index;
  }
  return REFUSED;
}

/** A number without an exponent, of few digits. */
function scanNumber(bytes: Uint8Array, at: number): number {
  const first = bytes[at] === MINUS ? at + 1 : at;
  let end = afterDigits(bytes, first);
  const digits = end - first;
  if (digits === 0 || digits > MOST_DIGITS || (digits > 1 && bytes[first] === 0x30)) return REFUSED;
  if (bytes[end] === DOT) {
    const fraction = end + 1;
    end = afterDigits(bytes, fraction);
    if (end === fraction) return REFUSED;
  }
  return end;
}

function afterDigits(bytes: Uint8Array, at: number): number {
  let end = at;
  while ((bytes[end] as number) >= 0x30 && (bytes[end] as number) <= 0x39) end += 1;
  return end;
}

/** One space may stand behind a comma or a colon, as Python writes it. */
function afterSpace(bytes: Uint8Array, at: number): number {
  return bytes[at] === SPACE ? at + 1 : at;
}

/** True where a name is among others, or there are too many to compare. */
function isTaken(bytes: Uint8Array, names: readonly number[], from: number, to: number): boolean {
  if (names.length >= 2 * MOST_MEMBERS) return true;
  for (let index = 0; index < names.length; index += 2) {
    const other = names[index] as number;
    if ((names[index + 1] as number) - other !== to - from) continue;
    let at = 0;
    while (at < to - from && bytes[from + at] === bytes[other + at]) at += 1;
    if (at === to - from) return true;
  }
  return false;
}

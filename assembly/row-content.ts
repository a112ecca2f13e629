/** A stored content: its kind, its length as UTF-8 and a token's time are told from its bytes, without decoding it. */

import { BACKSLASH, isHex, LOWER_N, LOWER_U, MINUS, NONE, nullWord, QUOTE, textStops, ZERO } from './line-parts';
import { setInteger, setNumber } from './row-columns';

/** Columns behind that of a content's kind. */
const LENGTH: usize = 1;
const TOKEN_TIME: usize = 2;

/** Kinds of content as the index numbers them. */
const NO_CONTENT: i32 = 0;
const PLAIN: i32 = 1;
const ENCRYPTED: i32 = 2;

/** What stored content begins with that may be encrypted: `Z0FBQUFB` and `gAAAAA`. */
const WRAPPED: u64 = 0x424655514246305a;
const BARE_HEAD: u32 = 0x41414167;
const BARE_TAIL: u16 = 0x4141;
const UPPER_Z: u32 = 0x5a;
const LOWER_G: u32 = 0x67;
const HYPHEN: u8 = MINUS;
const EQUALS: u8 = 0x3d;
const UNDERSCORE: u8 = 0x5f;

/** A content: its kind, its length as UTF-8 with its escapes resolved, and a token's time. */
export function content(from: usize, column: usize): usize {
  if (load<u8>(from) == LOWER_N) {
    setInteger(column, NO_CONTENT);
    return nullWord(from);
  }
  if (load<u8>(from) != QUOTE) return NONE;
  const start = from + 1;
  let at = start;
  let saved: usize = 0;
  while (true) {
    const stops = textStops(at);
    if (stops == 0) {
      at += 16;
      continue;
    }
    at += ctz(stops);
    const byte = load<u8>(at);
    if (byte == QUOTE) break;
    if (byte != BACKSLASH) return NONE;
    const next = afterEscape(at);
    if (!next) return NONE;
    saved += next - at - escapedBytes(at, next);
    at = next;
  }
  setNumber(column + LENGTH, <f64>(at - start - saved));
  // An escape always saves a byte. It may stand for a letter of a token; such a one is rare, and the library's to tell.
  if (saved != 0 && mayBeToken(start)) return NONE;
  if (saved == 0 && isToken(start, at)) {
    setInteger(column, ENCRYPTED);
    tokenTime(start, at, column + TOKEN_TIME);
  } else {
    setInteger(column, PLAIN);
  }
  return at + 1;
}

function mayBeToken(at: usize): bool {
  const isEscape = load<u8>(at) == BACKSLASH && load<u8>(at, 1) == LOWER_U;
  const first = isEscape ? codeUnit(at) : <u32>load<u8>(at);
  return first == UPPER_Z || first == LOWER_G;
}

function isWrapped(at: usize): bool {
  return load<u64>(at) == WRAPPED;
}

function isBare(at: usize): bool {
  return load<u32>(at) == BARE_HEAD && load<u16>(at, 4) == BARE_TAIL;
}

/** True where a content is base64url behind what tokens begin with. */
function isToken(from: usize, to: usize): bool {
  const prefix: usize = isWrapped(from) ? 8 : isBare(from) ? 6 : 0;
  if (prefix == 0 || to - from <= prefix) return false;
  for (let at = from; at < to; at += 16) {
    const others = ~(<u32>i8x16.bitmask(base64url(v128.load(at)))) & 0xffff;
    if (others != 0) return at + ctz(others) >= to;
  }
  return true;
}

/** Which bytes are of the alphabet, or pad it. */
function base64url(block: v128): v128 {
  const letters = i8x16.sub(v128.or(block, i8x16.splat(0x20)), i8x16.splat(0x61));
  const isAlphanumeric = v128.or(
    i8x16.le_u(letters, i8x16.splat(25)),
    i8x16.le_u(i8x16.sub(block, i8x16.splat(ZERO)), i8x16.splat(9)),
  );
  const isSign = v128.or(
    v128.or(i8x16.eq(block, i8x16.splat(HYPHEN)), i8x16.eq(block, i8x16.splat(UNDERSCORE))),
    i8x16.eq(block, i8x16.splat(EQUALS)),
  );
  return v128.or(isAlphanumeric, isSign);
}

/** Keeps a token's time, which its first characters tell. It may have none: where there are fewer, or padding among them. */
function tokenTime(from: usize, to: usize, column: usize): void {
  const isPlain = isBare(from);
  // 12 characters of a bare token stand for its version and its time; of a wrapped one 16, which stand for those 12.
  if (to - from < <usize>(isPlain ? 12 : 16)) return;
  let high = isPlain ? sextets(from, 6) : sextets(from, 8);
  let low = isPlain ? sextets(from + 6, 6) : sextets(from + 8, 8);
  if (high < 0 || low < 0) return;
  if (!isPlain) {
    high = sextetsOf(high);
    low = sextetsOf(low);
    if (high < 0 || low < 0) return;
  }
  setTime(high, low, column);
}

/** Keeps the time of a token, from 36 bits each: a byte of version (0x80), then the time. Nothing where it is past what a number holds. */
function setTime(high: i64, low: i64, column: usize): void {
  const time = ((<u64>high & 0xfffffff) << 36) | <u64>low;
  if (high >>> 28 == 0x80 && time <= 0x1fffffffffffff) setNumber(column, <f64>time);
}

/** The bits that characters of base64url stand for; -1 where one is none. */
function sextets(at: usize, characters: usize): i64 {
  let bits: i64 = 0;
  for (let index: usize = 0; index < characters; index++) {
    const sextet = sextetOf(load<u8>(at + index));
    if (sextet < 0) return -1;
    bits = (bits << 6) | <i64>sextet;
  }
  return bits;
}

/** As {@link sextets} of the six characters that 48 bits hold. */
function sextetsOf(word: i64): i64 {
  let bits: i64 = 0;
  for (let shift: i64 = 40; shift >= 0; shift -= 8) {
    const sextet = sextetOf(<u8>(word >> shift));
    if (sextet < 0) return -1;
    bits = (bits << 6) | <i64>sextet;
  }
  return bits;
}

function sextetOf(byte: u8): i32 {
  if (<u8>(byte - 0x41) <= 25) return byte - 0x41;
  if (<u8>(byte - 0x61) <= 25) return byte - 0x61 + 26;
  if (<u8>(byte - ZERO) <= 9) return byte - ZERO + 52;
  return byte == HYPHEN ? 62 : byte == UNDERSCORE ? 63 : -1;
}

/** Behind an escape; a pair of surrogates is one. */
function afterEscape(at: usize): usize {
  const letter = load<u8>(at, 1);
  if (letter != LOWER_U) return isShortEscape(letter) ? at + 2 : NONE;
  if (!hasCodeUnit(at)) return NONE;
  if (codeUnit(at) >>> 10 != 0x36 || load<u8>(at, 6) != BACKSLASH || load<u8>(at, 7) != LOWER_U) return at + 6;
  if (!hasCodeUnit(at + 6)) return NONE;
  return codeUnit(at + 6) >>> 10 == 0x37 ? at + 12 : at + 6;
}

/** True for the letters of " \ / b f n r t. */
function isShortEscape(letter: u8): bool {
  return (
    letter == QUOTE ||
    letter == BACKSLASH ||
    letter == 0x2f ||
    letter == 0x62 ||
    letter == 0x66 ||
    letter == LOWER_N ||
    letter == 0x72 ||
    letter == 0x74
  );
}

/** Bytes of UTF-8 that an escape stands for; half a surrogate pair counts as U+FFFD. */
function escapedBytes(at: usize, next: usize): usize {
  if (next - at == 2) return 1;
  if (next - at == 12) return 4;
  const code = codeUnit(at);
  return code < 0x80 ? 1 : code < 0x800 ? 2 : 3;
}

/** True where four hexadecimal digits follow on `\u`. */
function hasCodeUnit(at: usize): bool {
  for (let index: usize = 2; index < 6; index++) if (!isHex(load<u8>(at + index))) return false;
  return true;
}

/** The code unit of an escape `\uXXXX` whose digits are such. */
function codeUnit(at: usize): u32 {
  let code: u32 = 0;
  for (let index: usize = 2; index < 6; index++) {
    const byte = load<u8>(at + index);
    code = (code << 4) | (<u32>(byte & 0x0f) + (byte >= 0x40 ? 9 : 0));
  }
  return code;
}

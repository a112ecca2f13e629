/**
 * Parts of a line that whoever tells a line from its bytes reads alike: the keys in their order, words, digits and times.
 *
 * A line is *known* where it is written exactly as the format's writers write it: the 17 fields in their order, ASCII, nothing but
 * JSON. Every function that reads a value takes the address of its first byte and answers the address behind its last, or 0. None
 * goes past the newline that ends the line: no value holds one. Blocks of 16 bytes may be loaded across it.
 */

const FIELDS: usize = 17;
const KEY_BYTES: usize = 32;

/** What stands before each field's value, 32 bytes each: as Python's json writes it, then without spaces. Filled by the caller. */
export const KEYS: usize = memory.data(2 * 17 * 32, 16);
/** Their lengths, a byte each. */
export const KEY_LENGTHS: usize = memory.data(2 * 17, 16);

export const NONE: usize = 0;
export const NEWLINE: u8 = 0x0a;
export const RETURN: u8 = 0x0d;
export const SPACE: u8 = 0x20;
export const QUOTE: u8 = 0x22;
export const COMMA: u8 = 0x2c;
export const MINUS: u8 = 0x2d;
export const DOT: u8 = 0x2e;
export const ZERO: u8 = 0x30;
export const COLON: u8 = 0x3a;
export const OPEN_LIST: u8 = 0x5b;
export const BACKSLASH: u8 = 0x5c;
export const CLOSE_LIST: u8 = 0x5d;
export const LOWER_E: u8 = 0x65;
export const LOWER_N: u8 = 0x6e;
export const LOWER_U: u8 = 0x75;
export const OPEN_OBJECT: u8 = 0x7b;
export const CLOSE_OBJECT: u8 = 0x7d;

/** Words as the numbers that four of their bytes make. */
const NULL_WORD: u32 = 0x6c6c756e;
export const TRUE_WORD: u32 = 0x65757274;
const FALSE_WORD: u32 = 0x736c6166;

/** Time that was read last. */
export let epochUs: i64 = 0;
/** What its text says behind the point; -1 where it has none. */
export let fractionUs: i32 = -1;
/** The date that was read last, ten bytes, and its first moment: lines of a log nearly always share it. Begins as 1970-01-01. */
let dateHead: u64 = 0x2d31302d30373931;
let dateTail: u16 = 0x3130;
let dateUs: i64 = 0;
let keys: usize = KEYS;
let keyLengths: usize = KEY_LENGTHS;

/** Tells by a line's first bytes with which of both sets of keys it is read. */
export function chooseKeys(line: usize): void {
  const isSpaced = load<u8>(line, 6) == SPACE;
  keys = isSpaced ? KEYS : KEYS + FIELDS * KEY_BYTES;
  keyLengths = isSpaced ? KEY_LENGTHS : KEY_LENGTHS + FIELDS;
}

export function key(at: usize, field: usize): usize {
  const expected = keys + field * KEY_BYTES;
  const length = <u32>load<u8>(keyLengths + field);
  const low = <u32>i8x16.bitmask(i8x16.eq(v128.load(at), v128.load(expected)));
  const high = <u32>i8x16.bitmask(i8x16.eq(v128.load(at, 16), v128.load(expected, 16)));
  const needed = ((<u32>1) << length) - 1;
  return ((low | (high << 16)) & needed) == needed ? at + length : NONE;
}

/** Goes on behind the brace that closes a line, with either line end. */
export function afterEnd(from: usize): usize {
  if (load<u8>(from) != CLOSE_OBJECT) return NONE;
  const at = load<u8>(from, 1) == RETURN ? from + 2 : from + 1;
  return load<u8>(at) == NEWLINE ? at + 1 : NONE;
}

/** The bytes of 16 that end a plain run of a text, a bit each: quotes, backslashes, control characters, what is not ASCII. */
export function textStops(at: usize): i32 {
  const block = v128.load(at);
  // Signed: control characters and all that is not ASCII are less than a space.
  const special = v128.or(
    i8x16.lt_s(block, i8x16.splat(SPACE)),
    v128.or(i8x16.eq(block, i8x16.splat(QUOTE)), i8x16.eq(block, i8x16.splat(BACKSLASH))),
  );
  return i8x16.bitmask(special);
}

export function isHex(byte: u8): bool {
  return <u8>(byte - ZERO) <= 9 || <u8>((byte | 0x20) - 0x61) <= 5;
}

export function nullWord(at: usize): usize {
  return load<u32>(at) == NULL_WORD ? at + 4 : NONE;
}

export function boolean(at: usize): usize {
  if (load<u32>(at) == TRUE_WORD) return at + 4;
  return load<u32>(at) == FALSE_WORD && load<u8>(at, 4) == LOWER_E ? at + 5 : NONE;
}

export function afterDigits(from: usize): usize {
  let at = from;
  while (<u8>(load<u8>(at) - ZERO) <= 9) at += 1;
  return at;
}

/** `2026-01-28T10:00:00`, with six digits of fraction or none. Leaves the time in {@link epochUs} and {@link fractionUs}. */
export function timestamp(from: usize): usize {
  const at = from + 1;
  if (load<u8>(from) != QUOTE) return NONE;
  if ((load<u64>(at) != dateHead || load<u16>(at, 8) != dateTail) && !date(at)) return NONE;
  // What is left of `T10:00:00.123456` are digits as numbers, and 0 where the right sign stands.
  const form = i8x16(0x54, 0x30, 0x30, 0x3a, 0x30, 0x30, 0x3a, 0x30, 0x30, 0x2e, 0x30, 0x30, 0x30, 0x30, 0x30, 0x30);
  const most = i8x16(0, 2, 9, 0, 5, 9, 0, 5, 9, 0, 9, 9, 9, 9, 9, 9);
  const clock = i8x16.sub(v128.load(at, 10), form);
  const wrong = i8x16.bitmask(i8x16.gt_u(clock, most));
  const hour = <i32>i8x16.extract_lane_u(clock, 1) * 10 + <i32>i8x16.extract_lane_u(clock, 2);
  if ((wrong & 0x1ff) != 0 || hour > 23) return NONE;
  const minute = <i32>i8x16.extract_lane_u(clock, 4) * 10 + <i32>i8x16.extract_lane_u(clock, 5);
  const second = <i32>i8x16.extract_lane_u(clock, 7) * 10 + <i32>i8x16.extract_lane_u(clock, 8);
  epochUs = dateUs + <i64>(hour * 3600 + minute * 60 + second) * 1_000_000;
  fractionUs = -1;
  if (load<u8>(at, 19) == QUOTE) return at + 20;
  if (wrong != 0 || load<u8>(at, 26) != QUOTE) return NONE;
  const thousands =
    <i32>i8x16.extract_lane_u(clock, 10) * 100 +
    <i32>i8x16.extract_lane_u(clock, 11) * 10 +
    <i32>i8x16.extract_lane_u(clock, 12);
  const ones =
    <i32>i8x16.extract_lane_u(clock, 13) * 100 +
    <i32>i8x16.extract_lane_u(clock, 14) * 10 +
    <i32>i8x16.extract_lane_u(clock, 15);
  fractionUs = thousands * 1000 + ones;
  epochUs += fractionUs;
  return at + 27;
}

/** The number of some digits; -1 where one of them is none. */
function digits(at: usize, count: usize): i32 {
  let number = 0;
  for (let index: usize = 0; index < count; index++) {
    const digit = <u8>(load<u8>(at + index) - ZERO);
    if (digit > 9) return -1;
    number = number * 10 + digit;
  }
  return number;
}

/** Reads a date of the Gregorian calendar and keeps it. Within these years every microsecond is an exact number. */
function date(at: usize): bool {
  const year = digits(at, 4);
  const month = digits(at + 5, 2);
  const day = digits(at + 8, 2);
  if (load<u8>(at, 4) != MINUS || load<u8>(at, 7) != MINUS) return false;
  if (year < 1700 || year > 2200 || month < 1 || month > 12 || day < 1) return false;
  const isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
  const hasThirty = month == 4 || month == 6 || month == 9 || month == 11;
  const days = month == 2 ? (isLeap ? 29 : 28) : hasThirty ? 30 : 31;
  if (day > days) return false;
  // Counted in years that begin with March: the leap day is the last of one.
  const years = month > 2 ? year : year - 1;
  const months = month > 2 ? month - 3 : month + 9;
  const dayOfYear = (153 * months + 2) / 5 + day - 1;
  const since1970 = years * 365 + years / 4 - years / 100 + years / 400 + dayOfYear - 719_468;
  dateUs = <i64>since1970 * 86_400_000_000;
  dateHead = load<u64>(at);
  dateTail = load<u16>(at, 8);
  return true;
}

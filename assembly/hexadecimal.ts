/** Hexadecimal digits, 32 at a time. */

import { ZERO } from './line-parts';

/** True for 16 digits in lower case. */
export function isLowerHex(characters: v128): bool {
  const isDigit = i8x16.le_u(i8x16.sub(characters, i8x16.splat(ZERO)), i8x16.splat(9));
  const isLetter = i8x16.le_u(i8x16.sub(characters, i8x16.splat(0x61)), i8x16.splat(5));
  return i8x16.all_true(v128.or(isDigit, isLetter));
}

/** The 128 bits of 32 digits, as DuckDB keeps a UUID: last byte first, the highest bit turned so that they sort as text does. */
export function bitsOf(first: v128, second: v128): v128 {
  const bytes = i8x16.narrow_i16x8_u(pairs(first), pairs(second));
  const turned = i8x16.shuffle(bytes, bytes, 15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0);
  return v128.xor(turned, i8x16(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -128));
}

/** The bytes that pairs of hexadecimal digits stand for, in 16 bits each. */
function pairs(characters: v128): v128 {
  // Of `a` to `f` the low bits are 1 to 6, and the bit 0x40 is set, which digits do not have.
  const letter = i8x16.shr_u(v128.and(characters, i8x16.splat(0x40)), 6);
  const nine = i8x16.add(i8x16.shl(letter, 3), letter);
  const values = i8x16.add(v128.and(characters, i8x16.splat(0x0f)), nine);
  const high = i16x8.shl(v128.and(values, i16x8.splat(0xff)), 4);
  return v128.or(high, i16x8.shr_u(values, 8));
}

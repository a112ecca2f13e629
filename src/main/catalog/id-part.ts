/** A part of a UUID, looked for in the 16 bytes of many. */

const ID_BYTES = 16;
const ID_DIGITS = 32;
/** Where a hyphen stands in front of a digit, by the digit's index. */
const HYPHENS_BEFORE: ReadonlySet<number> = new Set([8, 12, 16, 20]);
const HEX = '0123456789abcdef';

/** What a byte tells of the first two digits looked for. */
const BOTH = 1;
const FIRST_LOW = 2;
const SECOND_HIGH = 4;
/** Places that are few are looked at one by one. */
const FEW_PLACES = 4;

export class IdPart {
  readonly #digits: Uint8Array;
  /** Indexes of digits at which the part may begin, so that hyphens stand where they do in an id. */
  readonly #starts: Uint8Array;
  readonly #mayStart = new Uint8Array(ID_DIGITS + 1);
  readonly #told = new Uint8Array(256);

  /** `text` is hexadecimal digits and hyphens in lower case. */
  constructor(text: string) {
    this.#digits = Uint8Array.from(text.replaceAll('-', ''), (digit) => HEX.indexOf(digit));
    this.#starts = startsOf(text, this.#digits.length);
    for (const start of this.#starts) this.#mayStart[start] = 1;
    const [first, second] = this.#digits;
    for (let byte = 0; byte < 256; byte += 1) {
      const isFirstLow = (byte & 15) === first;
      const isSecondHigh = byte >>> 4 === second;
      const isBoth = byte >>> 4 === first && (byte & 15) === second;
      this.#told[byte] = (isBoth ? BOTH : 0) | (isFirstLow ? FIRST_LOW : 0) | (isSecondHigh ? SECOND_HIGH : 0);
    }
  }

  /** True where the id whose 16 bytes begin at `at` holds the part. */
  isIn(ids: Uint8Array, at: number): boolean {
    if (this.#digits.length < 2 || this.#starts.length <= FEW_PLACES) return this.#isAtAny(ids, at);
    let before = 0;
    for (let byte = 0; byte < ID_BYTES; byte += 1) {
      const told = this.#told[ids[at + byte] as number] as number;
      // Almost every byte tells nothing: one test for both ways in which the first two digits may lie.
      if ((told & BOTH) !== 0 || ((before & FIRST_LOW) !== 0 && (told & SECOND_HIGH) !== 0)) {
        if (this.#isAt(ids, at, byte * 2) || this.#isAt(ids, at, byte * 2 - 1)) return true;
      }
      before = told;
    }
    return false;
  }

  #isAtAny(ids: Uint8Array, at: number): boolean {
    for (const start of this.#starts) if (this.#isAt(ids, at, start)) return true;
    return false;
  }

  #isAt(ids: Uint8Array, at: number, start: number): boolean {
    if (this.#mayStart[start] !== 1) return false;
    for (let index = 0; index < this.#digits.length; index += 1) {
      const digit = start + index;
      const byte = ids[at + (digit >>> 1)] as number;
      if ((digit % 2 === 0 ? byte >>> 4 : byte & 15) !== this.#digits[index]) return false;
    }
    return true;
  }
}

/** Where in an id a text may begin, told by the index of its first digit: its hyphens must stand where the id's do. */
function startsOf(text: string, digits: number): Uint8Array {
  const starts: number[] = [];
  for (let start = 0; start + digits <= ID_DIGITS; start += 1) if (hyphensFit(text, start)) starts.push(start);
  return Uint8Array.from(starts);
}

function hyphensFit(text: string, start: number): boolean {
  let digit = start;
  // Inside the text a hyphen stands before a digit exactly where one does in an id; at its ends it may be left out.
  for (let index = 0; index < text.length; index += 1) {
    const isHyphen = text[index] === '-';
    if (isHyphen && !(HYPHENS_BEFORE.has(digit) && text[index - 1] !== '-')) return false;
    if (!isHyphen) {
      const hasHyphen = text[index - 1] === '-';
      if (index > 0 && HYPHENS_BEFORE.has(digit) !== hasHyphen) return false;
      digit += 1;
    }
  }
  return true;
}

/**
 * An iterative JSON parser that loses nothing: `NaN`, `Infinity`, `-Infinity` and integers of any size, as Python's json module
 * writes them. It also tells where each member of the outermost object stands in the text.
 */
import { type JsonObject, type JsonValue, MAX_JSON_DEPTH } from './json-value.ts';

/** Longest integer that is read. Python itself stops at 4,300 digits; without a limit one line could take minutes. */
const MAX_INTEGER_DIGITS = 100_000;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const COLON = 0x3a;
const MINUS = 0x2d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
const OPEN_LIST = 0x5b;
const CLOSE_LIST = 0x5d;

const SHORT_ESCAPES: ReadonlyMap<string, string> = new Map([
  ['"', '"'],
  ['\\', '\\'],
  ['/', '/'],
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
]);

const WORDS: ReadonlyMap<string, JsonValue> = new Map<string, JsonValue>([
  ['true', true],
  ['false', false],
  ['null', null],
  ['NaN', Number.NaN],
  ['Infinity', Number.POSITIVE_INFINITY],
  ['-Infinity', Number.NEGATIVE_INFINITY],
]);

/** Why a text is no JSON, as a sentence that holds nothing of the text. */
export class JsonFault extends Error {}

/** Called for every member of the outermost object with the place of its value: `text.slice(start, end)`. */
export type MemberListener = (name: string, start: number, end: number) => void;

/** A list or an object that is still being filled. */
interface Frame {
  readonly list: JsonValue[] | null;
  readonly members: Record<string, JsonValue>;
  /** Name of the member whose value comes next. */
  key: string;
  valueStart: number;
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

/** Sets a member as a plain own property, also where its name is `__proto__`. */
function setMember(members: Record<string, JsonValue>, key: string, value: JsonValue): void {
  if (key === '__proto__') {
    Object.defineProperty(members, key, { value, enumerable: true, configurable: true, writable: true });
  } else {
    members[key] = value;
  }
}

class Parser {
  readonly #text: string;
  readonly #onMember: MemberListener | null;
  readonly #stack: Frame[] = [];
  #at = 0;

  constructor(text: string, onMember: MemberListener | null) {
    this.#text = text;
    this.#onMember = onMember;
  }

  parse(): JsonValue {
    for (;;) {
      const value = this.#beginValue();
      if (value === undefined) continue;
      const whole = this.#finishValue(value);
      if (whole !== undefined) return whole;
    }
  }

  /** Reads a scalar or an empty container; undefined where a container was opened and its first value comes next. */
  #beginValue(): JsonValue | undefined {
    const code = this.#skipSpace();
    const parent = this.#stack.at(-1);
    if (parent !== undefined) parent.valueStart = this.#at;
    if (code === OPEN_OBJECT || code === OPEN_LIST) return this.#open(code === OPEN_LIST);
    if (code === QUOTE) return this.#readString();
    if (isDigit(code)) return this.#readNumber();
    if (code === MINUS && !this.#text.startsWith('-Infinity', this.#at)) return this.#readNumber();
    return this.#readWord();
  }

  #open(isList: boolean): JsonValue | undefined {
    if (this.#stack.length >= MAX_JSON_DEPTH) throw new JsonFault(`It is nested deeper than ${MAX_JSON_DEPTH} levels.`);
    this.#at += 1;
    if (this.#skipSpace() === (isList ? CLOSE_LIST : CLOSE_OBJECT)) {
      this.#at += 1;
      return isList ? [] : {};
    }
    this.#stack.push({ list: isList ? [] : null, members: {}, key: isList ? '' : this.#readKey(), valueStart: 0 });
    return undefined;
  }

  /** Hands a value to the containers around it; answers the outermost value once the text is read whole. */
  #finishValue(complete: JsonValue): JsonValue | undefined {
    let value = complete;
    for (;;) {
      const frame = this.#stack.at(-1);
      if (frame === undefined) {
        this.#skipSpace();
        if (this.#at < this.#text.length) throw this.#unexpected();
        return value;
      }
      this.#add(frame, value);
      const code = this.#skipSpace();
      if (code === COMMA) {
        this.#at += 1;
        if (frame.list === null) frame.key = this.#readKey();
        return undefined;
      }
      if (code !== (frame.list === null ? CLOSE_OBJECT : CLOSE_LIST)) throw this.#unexpected();
      this.#at += 1;
      value = frame.list ?? (frame.members as JsonObject);
      this.#stack.pop();
    }
  }

  #add(frame: Frame, value: JsonValue): void {
    if (frame.list !== null) {
      frame.list.push(value);
      return;
    }
    setMember(frame.members, frame.key, value);
    if (this.#stack.length === 1) this.#onMember?.(frame.key, frame.valueStart, this.#at);
  }

  #readKey(): string {
    if (this.#skipSpace() !== QUOTE) throw this.#unexpected();
    const key = this.#readString();
    if (this.#skipSpace() !== COLON) throw this.#unexpected();
    this.#at += 1;
    return key;
  }

  #readString(): string {
    this.#at += 1;
    let result = '';
    let from = this.#at;
    for (;;) {
      const code = this.#text.charCodeAt(this.#at);
      if (code === QUOTE) {
        result += this.#text.slice(from, this.#at);
        this.#at += 1;
        return result;
      }
      if (code === BACKSLASH) {
        result += this.#text.slice(from, this.#at) + this.#readEscape();
        from = this.#at;
      } else if (code >= 0x20) {
        this.#at += 1;
      } else {
        throw this.#unexpected();
      }
    }
  }

  #readEscape(): string {
    const letter = this.#text.charAt(this.#at + 1);
    const short = SHORT_ESCAPES.get(letter);
    if (short !== undefined) {
      this.#at += 2;
      return short;
    }
    const digits = this.#text.slice(this.#at + 2, this.#at + 6);
    if (letter !== 'u' || !/^[0-9a-fA-F]{4}$/.test(digits)) {
      this.#at = Math.min(this.#at + 1, this.#text.length);
      throw this.#unexpected();
    }
    this.#at += 6;
    return String.fromCharCode(Number.parseInt(digits, 16));
  }

  #readNumber(): number | bigint {
    const start = this.#at;
    if (this.#text.charCodeAt(this.#at) === MINUS) this.#at += 1;
    const firstDigit = this.#at;
    this.#skipDigits();
    const digits = this.#at - firstDigit;
    if (digits > 1 && this.#text.charAt(firstDigit) === '0') {
      this.#at = firstDigit + 1;
      throw this.#unexpected();
    }
    const integerEnd = this.#at;
    if (this.#text.charAt(this.#at) === '.') {
      this.#at += 1;
      this.#skipDigits();
    }
    if (/[eE]/.test(this.#text.charAt(this.#at))) {
      this.#at += 1;
      if (/[+-]/.test(this.#text.charAt(this.#at))) this.#at += 1;
      this.#skipDigits();
    }
    const number = Number(this.#text.slice(start, this.#at));
    if (this.#at > integerEnd || Number.isSafeInteger(number)) return number;
    if (digits > MAX_INTEGER_DIGITS)
      throw new JsonFault(`It holds an integer of more than ${MAX_INTEGER_DIGITS} digits.`);
    return BigInt(this.#text.slice(start, integerEnd));
  }

  /** Skips one digit or more. */
  #skipDigits(): void {
    const start = this.#at;
    while (isDigit(this.#text.charCodeAt(this.#at))) this.#at += 1;
    if (this.#at === start) throw this.#unexpected();
  }

  #readWord(): JsonValue {
    for (const [word, value] of WORDS) {
      if (this.#text.startsWith(word, this.#at)) {
        this.#at += word.length;
        return value;
      }
    }
    throw this.#unexpected();
  }

  /** Skips white space; answers the code of the next character, NaN at the end. */
  #skipSpace(): number {
    for (;;) {
      const code = this.#text.charCodeAt(this.#at);
      if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return code;
      this.#at += 1;
    }
  }

  #unexpected(): JsonFault {
    return this.#at >= this.#text.length
      ? new JsonFault('It is cut off before its JSON ends.')
      : new JsonFault(`It is not JSON: character ${this.#at + 1} is not what may stand there.`);
  }
}

/** Parses a whole text. Throws {@link JsonFault} where it is no JSON or nested deeper than {@link MAX_JSON_DEPTH}. */
export function parseLosslessly(text: string, onMember: MemberListener | null = null): JsonValue {
  return new Parser(text, onMember).parse();
}

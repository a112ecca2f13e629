/** Where a stored content lies in its line, how long it is and of what kind: told from its bytes, without decoding it. */

const REFUSED = -1;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const LOWER_U = 0x75;

/** What stored content begins with that is, or may be, encrypted: see `contentKind`. */
const WRAPPED = Buffer.from('Z0FBQUFB', 'latin1');
const BARE = Buffer.from('gAAAAA', 'latin1');

const STOPS = 0;
const PLAIN = 1;
const BASE64URL = 2;

/** How a byte of a text is to be taken. */
const CLASSES = Uint8Array.from({ length: 256 }, (_, byte) => {
  if (byte < 0x20 || byte >= 0x80 || byte === QUOTE || byte === BACKSLASH) return STOPS;
  return /[A-Za-z0-9_=-]/.test(String.fromCharCode(byte)) ? BASE64URL : PLAIN;
});

/** Value of a hexadecimal digit; 16 for what is none. */
const HEX = Uint8Array.from({ length: 256 }, (_, byte) => {
  const value = '0123456789abcdef'.indexOf(String.fromCharCode(byte).toLowerCase());
  return value < 0 ? 16 : value;
});
const SHORT_ESCAPES = new Set(Buffer.from('"\\/bfnrt', 'latin1'));

/** A content without its quotes. `from` is -1 where there is none. */
export interface ContentSpan {
  from: number;
  to: number;
  /** Bytes of the content as UTF-8, its escapes resolved. */
  byteLength: number;
  isEncrypted: boolean;
}

/** Scans the text whose opening quote stands at `at`; answers the position behind it, or -1 where the library must read it. */
export function scanContent(bytes: Uint8Array, at: number, span: ContentSpan): number {
  if (bytes[at] !== QUOTE) return REFUSED;
  span.from = at + 1;
  let least = BASE64URL;
  let position = at + 1;
  let saved = 0;
  for (;;) {
    const kind = CLASSES[bytes[position] as number];
    if (kind === PLAIN || kind === BASE64URL) {
      if (kind < least) least = kind;
      position += 1;
      continue;
    }
    if (bytes[position] === QUOTE) break;
    if (bytes[position] !== BACKSLASH) return REFUSED;
    const length = escapeLength(bytes, position);
    if (length === REFUSED) return REFUSED;
    least = STOPS;
    saved += length - escapedBytes(bytes, position, length);
    position += length;
  }
  span.to = position;
  span.byteLength = position - span.from - saved;
  const prefix = prefixLength(bytes, span.from);
  span.isEncrypted = prefix > 0 && least === BASE64URL && position - span.from > prefix;
  // An escape may stand for a letter of a token; such a one is rare, and the library's to tell.
  return least === STOPS && mayBeToken(bytes, span.from) ? REFUSED : position + 1;
}

function prefixLength(bytes: Uint8Array, from: number): number {
  if (beginsWith(bytes, from, WRAPPED)) return WRAPPED.length;
  return beginsWith(bytes, from, BARE) ? BARE.length : 0;
}

function beginsWith(bytes: Uint8Array, from: number, prefix: Uint8Array): boolean {
  for (let index = 0; index < prefix.length; index += 1) if (bytes[from + index] !== prefix[index]) return false;
  return true;
}

function mayBeToken(bytes: Uint8Array, from: number): boolean {
  const isEscape = bytes[from] === BACKSLASH && bytes[from + 1] === LOWER_U;
  const first = isEscape ? codeUnit(bytes, from) : bytes[from];
  return first === WRAPPED[0] || first === BARE[0];
}

/** Bytes of the escape at `at`; 12 for a pair of surrogates; -1 for none. */
function escapeLength(bytes: Uint8Array, at: number): number {
  const letter = bytes[at + 1] as number;
  if (letter !== LOWER_U) return SHORT_ESCAPES.has(letter) ? 2 : REFUSED;
  const code = codeUnit(bytes, at);
  if (code === REFUSED) return REFUSED;
  const isHigh = code >= 0xd800 && code <= 0xdbff;
  if (!isHigh || bytes[at + 6] !== BACKSLASH || bytes[at + 7] !== LOWER_U) return 6;
  const next = codeUnit(bytes, at + 6);
  if (next === REFUSED) return REFUSED;
  return next >= 0xdc00 && next <= 0xdfff ? 12 : 6;
}

/** Bytes of UTF-8 that an escape of so many bytes stands for; half a surrogate pair counts as U+FFFD. */
function escapedBytes(bytes: Uint8Array, at: number, length: number): number {
  if (length === 2) return 1;
  if (length === 12) return 4;
  const code = codeUnit(bytes, at);
  if (code < 0x80) return 1;
  return code < 0x800 ? 2 : 3;
}

/** The code unit of the escape `\uXXXX` at `at`; -1 where its digits are none. */
function codeUnit(bytes: Uint8Array, at: number): number {
  let code = 0;
  for (let index = 2; index < 6; index += 1) {
    const digit = HEX[bytes[at + index] as number] ?? 16;
    if (digit === 16) return REFUSED;
    code = code * 16 + digit;
  }
  return code;
}

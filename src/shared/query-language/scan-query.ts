/** The first reading of a query: its words and `key:value` pairs, with their places. Never fails; what is odd is marked. */
import { METADATA_PREFIX, namedField } from './query-fields.ts';
import { unescapeQuoted } from './quoted-text.ts';

/** A part of the text, from `start` up to but not including `end`, in UTF-16 units. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A piece of text as it was written. */
export interface ScannedText extends Span {
  /** Without its quotes, escapes resolved. */
  readonly text: string;
  readonly quoted: boolean;
  /** false where its closing quote is missing. */
  readonly closed: boolean;
}

/** A word or a quoted phrase by itself. */
export interface ScannedWord extends Span {
  readonly kind: 'word';
  readonly negated: boolean;
  readonly word: ScannedText;
  /** What stands right behind a closing quote, where only white space should. */
  readonly surplus: Span | null;
}

/** A name with a colon, and its values. */
export interface ScannedPair extends Span {
  readonly kind: 'pair';
  readonly negated: boolean;
  /** The name; of a metadata key without its prefix. */
  readonly key: ScannedText;
  /** true where the key was written `metadata.KEY`. */
  readonly prefixed: boolean;
  /** At least one; the last one is empty where nothing follows the colon or a comma. */
  readonly values: readonly ScannedText[];
  readonly surplus: Span | null;
}

export type ScannedItem = ScannedWord | ScannedPair;

const WHITE_SPACE = /\s/;
const PREFIXED_KEY = /metadata\.(?:"((?:[^"\\]|\\.)*)"|([^\s":]+)):/iuy;
const BARE_KEY = /([\p{L}_][\p{L}\p{M}\p{N}_.-]*):/uy;
/** Up to the closing quote, or to the end of the text where there is none. */
const QUOTED = /"((?:[^"\\]|\\.)*)(?:"|\\?$)/suy;
const UP_TO_SPACE = /\S*/uy;
const UP_TO_SPACE_OR_COMMA = /[^\s,]*/uy;

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

/** Reads a query into its items, in order. */
export function scanQuery(text: string): readonly ScannedItem[] {
  const items: ScannedItem[] = [];
  let at = 0;
  while (at < text.length) {
    if (WHITE_SPACE.test(text.charAt(at))) {
      at += 1;
      continue;
    }
    const item = scanItem(text, at);
    items.push(item);
    at = item.end;
  }
  return items;
}

function scanItem(text: string, start: number): ScannedItem {
  const negated = text.charAt(start) === '-' && start + 1 < text.length && !WHITE_SPACE.test(text.charAt(start + 1));
  const at = negated ? start + 1 : start;
  const key = scanKey(text, at);
  if (key !== null) return scanPair(text, start, negated, key);
  const word = scanText(text, at, UP_TO_SPACE);
  const surplus = scanSurplus(text, word);
  return { kind: 'word', start, end: surplus?.end ?? word.end, negated, word, surplus };
}

interface ScannedKey {
  readonly key: ScannedText;
  readonly prefixed: boolean;
}

function scanKey(text: string, at: number): ScannedKey | null {
  const prefixed = matchAt(PREFIXED_KEY, text, at);
  if (prefixed !== null) {
    const [whole, quoted, bare = ''] = prefixed;
    const key = {
      start: at + METADATA_PREFIX.length,
      end: at + whole.length - 1,
      text: quoted === undefined ? bare : unescapeQuoted(quoted),
      quoted: quoted !== undefined,
      closed: true,
    };
    return { key, prefixed: true };
  }
  const name = matchAt(BARE_KEY, text, at)?.[1];
  if (name === undefined) return null;
  const end = at + name.length;
  // An address such as https://example.com is a text to look for.
  if (namedField(name) === null && text.startsWith('//', end + 1)) return null;
  return { key: { start: at, end, text: name, quoted: false, closed: true }, prefixed: false };
}

function scanPair(text: string, start: number, negated: boolean, { key, prefixed }: ScannedKey): ScannedPair {
  const values: ScannedText[] = [];
  let at = key.end + 1;
  for (;;) {
    const value = scanText(text, at, UP_TO_SPACE_OR_COMMA);
    values.push(value);
    at = value.end;
    if (text.charAt(at) !== ',') break;
    at += 1;
  }
  const surplus = scanSurplus(text, values.at(-1) as ScannedText);
  return { kind: 'pair', start, end: surplus?.end ?? at, negated, key, prefixed, values, surplus };
}

function scanText(text: string, start: number, bare: RegExp): ScannedText {
  if (text.charAt(start) !== '"') {
    const found = matchAt(bare, text, start)?.[0] ?? '';
    return { start, end: start + found.length, text: found, quoted: false, closed: true };
  }
  const [whole = '"', inner = ''] = matchAt(QUOTED, text, start) ?? [];
  const closed = whole.length > inner.length + 1 && whole.endsWith('"');
  return { start, end: start + whole.length, text: unescapeQuoted(inner), quoted: true, closed };
}

function scanSurplus(text: string, before: ScannedText): Span | null {
  if (!before.quoted || !before.closed) return null;
  const found = matchAt(UP_TO_SPACE, text, before.end)?.[0] ?? '';
  return found === '' ? null : { start: before.end, end: before.end + found.length };
}

/**
 * Text in quotes. `\"` and `\\` stand for the character after the backslash, `\u{1f600}` for a code point; any other backslash is
 * itself, so that a Windows path can be written as it is.
 */

const ESCAPE = /\\(?:(["\\])|u\{([0-9a-fA-F]{1,6})\})/g;

/**
 * Characters that cannot be seen or do not survive a clipboard: controls, line ends, half surrogate pairs, and format characters
 * (which may turn the direction of what follows). Joiners stay: families of emoji and Persian words need them.
 */
const UNSEEN = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]|(?![\u200c\u200d])\p{Cf}/u;
const UNSEEN_OR_SPECIAL = new RegExp(`["\\\\]|${UNSEEN.source}`, 'gu');

/** The text that stands between two quotes. */
export function unescapeQuoted(inner: string): string {
  return inner.replace(ESCAPE, (sequence, character: string | undefined, digits: string | undefined) => {
    if (character !== undefined) return character;
    const codePoint = Number.parseInt(digits ?? '', 16);
    return codePoint <= 0x10ffff ? String.fromCodePoint(codePoint) : sequence;
  });
}

/** A text in quotes, so that {@link unescapeQuoted} gives it back. */
export function quote(text: string): string {
  const inner = text.replace(UNSEEN_OR_SPECIAL, (character) =>
    character === '"' || character === '\\'
      ? `\\${character}`
      : `\\u{${(character.codePointAt(0) as number).toString(16)}}`,
  );
  return `"${inner}"`;
}

/** True for text that is seen as it is, in one piece, and so can stand without quotes where nothing else forbids it. */
export function standsAlone(text: string): boolean {
  return text !== '' && !/[\s"\\]/.test(text) && !UNSEEN.test(text);
}

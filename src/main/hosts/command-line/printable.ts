/** Text from a log on a terminal: nothing in it may move the cursor, change colours or turn the reading direction. */

// Control characters, bidirectional overrides and isolates, and what a terminal takes for a line's end.
const UNPRINTABLE = /[\p{Cc}\p{Cs}\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu;

/** A text with everything unprintable written as `\uXXXX`; `keepLines` keeps line ends and tabs. */
export function printable(text: string, options: { readonly keepLines?: boolean } = {}): string {
  return text.replace(UNPRINTABLE, (character) => {
    if (options.keepLines === true && (character === '\n' || character === '\t')) return character;
    return `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`;
  });
}

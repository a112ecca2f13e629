/**
 * Texts of a log on their way into a spreadsheet. Source: OWASP "CSV Injection" for what is dangerous and for the
 * apostrophe.
 */

/**
 * What makes a spreadsheet calculate, also behind white space, control and format characters, which some programs drop; tab and
 * line ends are dangerous by themselves. The full-width forms count too: some programs read them as their narrow ones.
 */
const DANGEROUS = /^(?:[\p{White_Space}\p{Cc}\p{Cf}]*[=+\-@＝＋－＠]|[\t\r\n])/u;

/** True for a text that a spreadsheet may run. */
export function isDangerousCell(text: string): boolean {
  return DANGEROUS.test(text);
}

/** The text as a spreadsheet may be given it: with an apostrophe in front where it is dangerous. */
export function defusedCell(text: string): string {
  return isDangerousCell(text) ? `'${text}` : text;
}

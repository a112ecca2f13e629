/**
 * Cells of a CSV file that no spreadsheet takes for a formula. Sources: RFC 4180 for quoting, OWASP "CSV Injection" for what is
 * dangerous and for the apostrophe.
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

/** A cell as it stands in the file: always in quotes, so that no separator within it begins another; defused where it is dangerous. */
export function csvCell(text: string): string {
  const safe = isDangerousCell(text) ? `'${text}` : text;
  return `"${safe.replaceAll('"', '""')}"`;
}

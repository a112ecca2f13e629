/** Cells of a CSV file that no spreadsheet takes for a formula. Source: RFC 4180 for quoting. */
import { defusedCell } from '../../shared/spreadsheet-cell.ts';

/** A cell as it stands in the file: always in quotes, so that no separator within it begins another; defused where it is dangerous. */
export function csvCell(text: string): string {
  return `"${defusedCell(text).replaceAll('"', '""')}"`;
}

/** Entries as tab-separated text, for spreadsheets and mails. */
import type { EntryRow } from '../../../shared/contract.ts';
import { defusedCell } from '../../../shared/spreadsheet-cell.ts';
import type { EntryColumn } from './entry-columns.tsx';

/** A cell of tab-separated text: defused, and in quotes where a tab, a line's end or a quote is in it (as RFC 4180 has it). */
function cellText(text: string): string {
  const safe = defusedCell(text);
  return /["\t\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** A line of headings and a line an entry, in these columns. Times carry their offset. */
export function entriesAsText(rows: readonly EntryRow[], columns: readonly EntryColumn[], zone: string): string {
  const heads = columns.map(({ label }) => cellText(label)).join('\t');
  const lines = rows.map((row) => columns.map((column) => cellText(column.text(row, zone))).join('\t'));
  return `${[heads, ...lines].join('\n')}\n`;
}

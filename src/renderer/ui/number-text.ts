/** Numbers as text, the same everywhere: grouped by thousands, units written out. */
const grouped = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 0 });

/** `1,000,214`. */
export function formatCount(count: number): string {
  return grouped.format(count);
}

/** `1 entry`, `2 entries`. */
export function formatCountOf(count: number, one: string, many: string): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}

/** A recorded number: grouped where that loses nothing, as it is written where it is no plain number (`NaN`, integers past 2^53). */
export function formatRecordedNumber(value: number | string | null): string {
  if (value === null) return '';
  if (typeof value === 'string') return value;
  const [whole = '', fraction] = String(value).split('.');
  if (!/^-?\d+$/.test(whole)) return String(value);
  const text = formatCount(Number(whole));
  const signed = whole === '-0' ? '-0' : text;
  return fraction === undefined ? signed : `${signed}.${fraction}`;
}

/** `1.4 MB` in powers of 1,000; exact below 1,000 bytes. */
export function formatBytes(bytes: number): string {
  if (bytes < 1000) return formatCountOf(bytes, 'byte', 'bytes');
  const units = ['kB', 'MB', 'GB', 'TB', 'PB'];
  let size = bytes / 1000;
  let unit = 0;
  while (size >= 999.95 && unit < units.length - 1) {
    size /= 1000;
    unit += 1;
  }
  return `${size.toFixed(1)} ${units[unit]}`;
}

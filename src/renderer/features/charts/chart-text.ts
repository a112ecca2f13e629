/** Numbers of the charts as text. */
import { formatCount } from '../../ui/number-text.ts';

const few = new Intl.NumberFormat('en-GB', { maximumSignificantDigits: 3 });

/** `3.2 %`; below a thousandth of a percent `< 0.001 %`, never 0 for what is not. */
export function formatShare(share: number): string {
  if (share > 0 && share < 0.000_01) return '< 0.001 %';
  return `${few.format(share * 100)} %`;
}

/** `1,240 ms`, `0.85 ms`. */
export function formatMs(ms: number): string {
  return `${Math.abs(ms) >= 100 ? formatCount(ms) : few.format(ms)} ms`;
}

/** The bars as two outlines, one for what passed and one for what was blocked: however many bars, two elements to draw. */
import type { Histogram } from '../../../shared/contract.ts';
import { barHeights } from './bars.ts';

/** Outlines for the `d` of an SVG path. */
export interface BarPaths {
  readonly passed: string;
  readonly blocked: string;
}

/** Outlines of all bars within a width and a height in pixels. */
export function barPaths({ buckets }: Histogram, width: number, height: number): BarPaths {
  const step = width / buckets.length;
  const barWidth = Math.max(1, step - (step > 3 ? 1 : 0));
  const most = Math.max(0, ...buckets.map(({ passed, blocked }) => passed + blocked));
  let passedPath = '';
  let blockedPath = '';
  for (const [index, bucket] of buckets.entries()) {
    const { passed, blocked } = barHeights(bucket, most, height);
    const x = index * step;
    if (passed > 0) passedPath += rectangle(x, height - passed - blocked, barWidth, passed);
    if (blocked > 0) blockedPath += rectangle(x, height - blocked, barWidth, blocked);
  }
  return { passed: passedPath, blocked: blockedPath };
}

function rectangle(x: number, y: number, width: number, height: number): string {
  return `M${round(x)} ${round(y)}h${round(width)}v${round(height)}h${round(-width)}z`;
}

function round(pixels: number): number {
  return Math.round(pixels * 100) / 100;
}

/** What a benchmark measures and how its figure is judged. */
import type { BenchContext } from './bench-context.ts';

/** Unit of a figure. Ratios are `x`; a ratio above 1 means "more than the peer's". */
export type Unit = 's' | 'ms' | '/s' | 'x' | 'MB' | 'GETs';

/** One figure against what it must and should be. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: Unit;
  readonly better: 'lower' | 'higher';
  readonly must: number | null;
  readonly aim: number | null;
  /** What it was measured beside, with the peer's own figure. */
  readonly beside?: string;
}

/** A figure that could not be taken here, and why. */
export interface Missing {
  readonly name: string;
  readonly missing: string;
}

export type Result = Figure | Missing;

export type Verdict = 'aim' | 'must' | 'short' | 'told' | 'missing';

/** How a result stands: aim reached, must reached, short of it, or only told (no bound). */
export function verdict(result: Result): Verdict {
  if ('missing' in result) return 'missing';
  if (result.must === null && result.aim === null) return 'told';
  const reaches = (bound: number | null) =>
    bound !== null && (result.better === 'lower' ? result.value <= bound : result.value >= bound);
  if (reaches(result.aim)) return 'aim';
  return reaches(result.must) ? 'must' : 'short';
}

/** One measure: takes its figures at one size of log. */
export interface Measure {
  /** How `--only` calls it. */
  readonly name: string;
  /** At which sizes it is taken: `once`, at every size up to a million, or at every size there is. */
  readonly grows: 'once' | 'to-a-million' | 'to-ten-million';
  run(context: BenchContext): Promise<readonly Result[]>;
}

/** Seconds that some work took, on the monotonic clock. */
export async function secondsOf(work: () => unknown): Promise<number> {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
}

/** The value below which a share (0 to 1) of the samples lies, by nearest rank. */
export function percentile(samples: readonly number[], share: number): number {
  const sorted = samples.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

/** The middle of several runs: what a noisy machine makes least wrong. */
export function median(samples: readonly number[]): number {
  return percentile(samples, 0.5);
}

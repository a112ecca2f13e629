/** What one line of the torture suite is: a fault done for real, a number of rounds, and what was lost in them. */
import type { Workbench } from './support/workbench.ts';

/** What came of a scenario. */
export interface Outcome {
  /** How often the fault was really done. */
  readonly rounds: number;
  /** What was lost, misplaced or told wrongly, a sentence each. None is what is promised. */
  readonly losses: readonly string[];
  /** A figure worth printing beside the verdict. */
  readonly note?: string;
}

/** One line of the suite. */
export interface Scenario {
  /** Number of the promise in docs/reliability.md. */
  readonly line: number;
  /** Unique, in kebab case: what `--only` takes. */
  readonly name: string;
  /** What holds, whatever is done to it. */
  readonly promise: string;
  /** What it would take for this to fail. */
  readonly failsWhere: string;
  readonly rounds: { readonly short: number; readonly long: number };
  /** How long the short form may take at most, in milliseconds. Default 120,000. */
  readonly shortTimeoutMs?: number;
  /** Why it cannot run on this machine, or null where it can. */
  readonly missing?: () => string | null;
  readonly run: (bench: Workbench, rounds: number) => Promise<Outcome>;
}

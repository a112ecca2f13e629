/** What the charts show: volume, blocks, latency and tokens of a view, told by the index. */
import type { Coverage } from './coverage.ts';

/** Latencies in milliseconds below which half, 95 % and 99 % of the entries lie; each is one that was recorded. */
export interface LatencyPercentiles {
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
}

/** One span of time. */
export interface StatisticsBucket {
  readonly startUs: number;
  readonly passed: number;
  readonly blocked: number;
  /** null where no entry of the span has a finite latency. */
  readonly latency: LatencyPercentiles | null;
}

/** A detector and the entries in which it was triggered. */
export interface DetectorCount {
  readonly detector: string;
  readonly entries: number;
  /** Those of them that were blocked. */
  readonly blocked: number;
}

/** Tokens of one model. */
export interface ModelTokens {
  /** null stands for "not recorded". */
  readonly model: string | null;
  readonly entries: number;
  /** Sums of what is recorded; past 2^53 rounded. */
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** Entries that record neither input nor output tokens: their use is not in the sums. */
  readonly withoutTokens: number;
}

/** The entries of a view, summed up. */
export interface Statistics {
  readonly entries: number;
  readonly blocked: number;
  readonly latency: LatencyPercentiles | null;
  /** Entries without a finite latency. */
  readonly withoutLatency: number;
  readonly bucketUs: number;
  /** Side by side over the whole range, empty spans too. */
  readonly buckets: readonly StatisticsBucket[];
  /** Largest first. */
  readonly detectors: readonly DetectorCount[];
  /** Detectors there are; more than the list holds when cut. */
  readonly distinctDetectors: number;
  /** Most tokens first. */
  readonly models: readonly ModelTokens[];
  readonly distinctModels: number;
  readonly coverage: Coverage;
}

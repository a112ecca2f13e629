/** Sums up the entries of a view for the charts. */
import type { DuckDBValue } from '@duckdb/node-api';
import type { EntryFilter } from '../../shared/query.ts';
import type {
  DetectorCount,
  LatencyPercentiles,
  ModelTokens,
  Statistics,
  StatisticsBucket,
} from '../../shared/statistics.ts';
import { US_PER_DAY } from '../../shared/timestamp.ts';
import { bucketWidth } from './bucket-width.ts';
import type { Database } from './database.ts';
import { type FilterSql, filterSql, listOf } from './filter-sql.ts';

/** Rows of the charts that are by detector and by model. */
const SHOWN_VALUES = 20;

/** Columns 1 to 3 of the statements below. An infinite latency is no measurement, and would be every percentile above it. */
const PERCENTILES = [0.5, 0.95, 0.99]
  .map((share) => `quantile_disc(latency_ms, ${share}) FILTER (WHERE isfinite(latency_ms))`)
  .join(', ');

/** The numbers of a view, over at most `most` spans of a width that people know. */
export async function statisticsOf(
  database: Database,
  filter: EntryFilter,
  most: number,
): Promise<Omit<Statistics, 'coverage'>> {
  const sql = filterSql(filter);
  const [[whole = []], detectors, models] = await Promise.all([
    database.rows(
      `SELECT count(*), ${PERCENTILES}, count(*) FILTER (WHERE blocked), count(*) FILTER (WHERE NOT isfinite(latency_ms)),
         min(epoch_us), max(epoch_us)
       FROM entries WHERE ${sql.where}`,
      sql.bindings,
    ),
    detectorsOf(database, sql),
    modelsOf(database, sql),
  ]);
  const first = filter.range.fromUs ?? numberOrNull(whole[6]);
  const last = filter.range.toUs ?? numberOrNull(whole[7]);
  return {
    entries: Number(whole[0]),
    latency: percentilesOf(whole),
    blocked: Number(whole[4]),
    withoutLatency: Number(whole[5]),
    ...(await bucketsOf(database, sql, first, last, most)),
    ...detectors,
    ...models,
  };
}

async function bucketsOf(
  database: Database,
  { where, bindings }: FilterSql,
  first: number | null,
  last: number | null,
  most: number,
): Promise<Pick<Statistics, 'bucketUs' | 'buckets'>> {
  if (first === null || last === null || first > last) return { bucketUs: US_PER_DAY, buckets: [] };
  const bucketUs = bucketWidth(first, last, most);
  const rows = await database.rows(
    `SELECT floor(epoch_us / $width) AS bucket, ${PERCENTILES}, count(*) FILTER (WHERE NOT blocked),
       count(*) FILTER (WHERE blocked)
     FROM entries WHERE ${where} GROUP BY bucket`,
    { ...bindings, width: bucketUs },
  );
  const filled = new Map(rows.map((row) => [Number(row[0]), row]));
  const buckets: StatisticsBucket[] = [];
  for (let bucket = Math.floor(first / bucketUs); bucket <= Math.floor(last / bucketUs); bucket += 1) {
    const row = filled.get(bucket) ?? [];
    buckets.push({
      startUs: bucket * bucketUs,
      passed: Number(row[4] ?? 0),
      blocked: Number(row[5] ?? 0),
      latency: percentilesOf(row),
    });
  }
  return { bucketUs, buckets };
}

async function detectorsOf(
  database: Database,
  { where, bindings }: FilterSql,
): Promise<Pick<Statistics, 'detectors' | 'distinctDetectors'>> {
  const rows = await database.rows(
    `SELECT detector, count(*) AS entries, count(*) FILTER (WHERE blocked), count(*) OVER ()
     FROM (SELECT unnest(list_distinct(${listOf('detectors')})) AS detector, blocked
           FROM entries WHERE detectors IS NOT NULL AND ${where})
     GROUP BY detector ORDER BY entries DESC, detector LIMIT ${SHOWN_VALUES}`,
    bindings,
  );
  const detectors = rows.map(
    (row): DetectorCount => ({ detector: String(row[0]), entries: Number(row[1]), blocked: Number(row[2]) }),
  );
  return { detectors, distinctDetectors: Number(rows[0]?.[3] ?? 0) };
}

async function modelsOf(
  database: Database,
  { where, bindings }: FilterSql,
): Promise<Pick<Statistics, 'models' | 'distinctModels'>> {
  const rows = await database.rows(
    `SELECT model, count(*) AS entries, coalesce(sum(input_tokens), 0) AS input_sum,
       coalesce(sum(output_tokens), 0) AS output_sum,
       count(*) FILTER (WHERE input_tokens IS NULL AND output_tokens IS NULL), count(*) OVER ()
     FROM entries WHERE ${where} GROUP BY model
     ORDER BY input_sum + output_sum DESC, entries DESC, model NULLS LAST LIMIT ${SHOWN_VALUES}`,
    bindings,
  );
  const models = rows.map(
    (row): ModelTokens => ({
      model: row[0] === null || row[0] === undefined ? null : String(row[0]),
      entries: Number(row[1]),
      inputTokens: Number(row[2]),
      outputTokens: Number(row[3]),
      withoutTokens: Number(row[4]),
    }),
  );
  return { models, distinctModels: Number(rows[0]?.[5] ?? 0) };
}

/** Columns 1 to 3 of a row. */
function percentilesOf(row: readonly DuckDBValue[]): LatencyPercentiles | null {
  const [p50, p95, p99] = [1, 2, 3].map((column) => numberOrNull(row[column]));
  if (typeof p50 !== 'number' || typeof p95 !== 'number' || typeof p99 !== 'number') return null;
  return { p50, p95, p99 };
}

function numberOrNull(value: DuckDBValue | undefined): number | null {
  return value === null || value === undefined ? null : Number(value);
}

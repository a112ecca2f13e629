/**
 * DuckDB's own `read_json` fills the table that the catalog fills, from the same files, with two threads. It knows neither where
 * a line lies nor which lines cannot be read; a log with a broken line stops it.
 *
 * Usage: duckdb-read-json.ts FOLDER DATABASE. Prints `{ "seconds", "entries" }`.
 */
import { DuckDBInstance } from '@duckdb/node-api';

const [folder, database] = process.argv.slice(2);
if (folder === undefined || database === undefined) throw new Error('usage: duckdb-read-json.ts FOLDER DATABASE');

/** Kind and length of a content, as the catalog keeps them. */
const contentColumns = (side: string) => `
  CASE WHEN ${side}_content IS NULL THEN 0
       WHEN starts_with(${side}_content, 'Z0FBQUFB') OR starts_with(${side}_content, 'gAAAAA') THEN 2 ELSE 1
  END::INTEGER AS ${side}_kind, strlen(${side}_content)::DOUBLE AS ${side}_length`;

const start = performance.now();
const instance = await DuckDBInstance.create(database, { threads: '2' });
const connection = await instance.connect();
await connection.run(`
  CREATE TABLE entries AS SELECT
    filename AS file, epoch_us("timestamp"::TIMESTAMP)::DOUBLE AS epoch_us, id, input_hash, output_hash,
    provider, model, conversation_id, NOT safety_passed AS blocked, detectors_triggered AS detectors, block_reason, alerts,
    latency_ms, input_tokens, output_tokens, ${contentColumns('input')}, ${contentColumns('output')}, metadata
  FROM read_json('${folder.replaceAll("'", "''")}/audit_*.jsonl', format = 'newline_delimited', filename = true, columns = {
    id: 'VARCHAR', "timestamp": 'VARCHAR', input_hash: 'VARCHAR', output_hash: 'VARCHAR',
    input_content: 'VARCHAR', output_content: 'VARCHAR', provider: 'VARCHAR', model: 'VARCHAR', conversation_id: 'VARCHAR',
    safety_passed: 'BOOLEAN', detectors_triggered: 'VARCHAR[]', block_reason: 'VARCHAR', alerts: 'VARCHAR[]',
    latency_ms: 'DOUBLE', input_tokens: 'DOUBLE', output_tokens: 'DOUBLE', metadata: 'VARCHAR'
  })`);
await connection.run('CHECKPOINT');
const seconds = (performance.now() - start) / 1000;
const counted = await connection.runAndReadAll('SELECT count(*)::INTEGER FROM entries');
console.log(JSON.stringify({ seconds, entries: counted.getRows()[0]?.[0] }));
connection.closeSync();
instance.closeSync();

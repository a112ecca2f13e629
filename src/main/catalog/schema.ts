/** The tables of an index. One row an entry, never content; everything in them can be read again from the source. */

/** Grows whenever tables or the meaning of a column change. An index of another version is thrown away and built anew. */
export const SCHEMA_VERSION = '3';

/**
 * - `seq` numbers entries in the order they were indexed; within a file it follows the lines.
 * - `*_text` columns hold what the column beside them cannot: null nearly everywhere.
 * - `timestamp_text` is null where the stored text is what `formatTimestamp(epoch_us)` writes.
 * - `id` holds an id that is a UUID in lower case, `id_text` any other: 16 bytes instead of 52, and no call a value.
 * - Hashes are kept in two halves of 128 bits; null where the recorded text is no SHA-256.
 * - `detectors` and `alerts` are JSON lists of texts; null where they are empty.
 * - `metadata` is the metadata as JSON text with its escapes resolved where text search should find them.
 */
export const CREATE_TABLES = `
CREATE TABLE about (name VARCHAR, value VARCHAR);
CREATE TABLE files (
  file INTEGER, name VARCHAR, size DOUBLE, mtime_ns VARCHAR, identity VARCHAR,
  bytes_read DOUBLE, tail_length DOUBLE, lines INTEGER, entries INTEGER, unreadable INTEGER, mark VARCHAR
);
CREATE TABLE entries (
  seq INTEGER, file INTEGER, byte_offset DOUBLE, byte_length DOUBLE,
  epoch_us DOUBLE, timestamp_text VARCHAR,
  id UUID, id_text VARCHAR,
  input_hash_high UUID, input_hash_low UUID, output_hash_high UUID, output_hash_low UUID,
  provider VARCHAR, model VARCHAR, conversation_id VARCHAR,
  blocked BOOLEAN, detectors VARCHAR, block_reason VARCHAR, alerts VARCHAR,
  latency_ms DOUBLE, input_tokens DOUBLE, input_tokens_text VARCHAR, output_tokens DOUBLE, output_tokens_text VARCHAR,
  input_kind INTEGER, input_length DOUBLE, input_token_time DOUBLE,
  output_kind INTEGER, output_length DOUBLE, output_token_time DOUBLE,
  metadata VARCHAR
);
CREATE TABLE unreadable (
  file INTEGER, byte_offset DOUBLE, byte_length DOUBLE, line INTEGER, reason VARCHAR
);
`;

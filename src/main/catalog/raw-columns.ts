/** Takes columns of an answer as they lie in DuckDB's vectors: a call and a check a value took longer than the query. */
import type { DuckDBMaterializedResult } from '@duckdb/node-api';
import bindings from '@duckdb/node-bindings';

/** One part of an answer. Its arrays are valid until the next part is asked for. */
export interface RawChunk {
  readonly rows: number;
  /** A column of type INTEGER without nulls. */
  integers(column: number): Int32Array;
  /** A column of type DOUBLE without nulls. */
  doubles(column: number): Float64Array;
  /** A column of so many bytes a value, without nulls. */
  bytes(column: number, width: number): Uint8Array;
}

/** The parts of an answer in their order. */
export function* rawChunks(result: DuckDBMaterializedResult): Generator<RawChunk> {
  for (let index = 0; index < result.chunkCount; index += 1) {
    const chunk = result.getChunk(index);
    const rows = chunk.rowCount;
    const bytesOf = (column: number, width: number): Uint8Array =>
      bindings.vector_get_data(bindings.data_chunk_get_vector(chunk.chunk, column), rows * width);
    yield {
      rows,
      bytes: bytesOf,
      integers: (column) => {
        const bytes = bytesOf(column, 4);
        return new Int32Array(bytes.buffer, bytes.byteOffset, rows);
      },
      doubles: (column) => {
        const bytes = bytesOf(column, 8);
        return new Float64Array(bytes.buffer, bytes.byteOffset, rows);
      },
    };
  }
}

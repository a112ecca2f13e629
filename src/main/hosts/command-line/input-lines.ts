/** Standard input line by line, as bytes: what is no UTF-8 must be named, not replaced. */
import type { Readable } from 'node:stream';

/** A longer line is not kept in memory. */
const LONGEST_LINE = 134_217_728;

/** One line of the input. */
export interface InputLine {
  /** 1 is the first. */
  readonly number: number;
  /** Without its end; null where the line is longer than 128 MiB. */
  readonly bytes: Buffer | null;
}

/** Lines as they come; the last one may be without an end. Blank lines are counted and left out. */
export async function* inputLines(input: Readable): AsyncGenerator<InputLine> {
  let number = 0;
  let parts: Buffer[] = [];
  let length = 0;
  const take = (): InputLine | null => {
    number += 1;
    const bytes = length > LONGEST_LINE ? null : Buffer.concat(parts, length);
    parts = [];
    length = 0;
    return bytes !== null && isBlank(bytes) ? null : { number, bytes };
  };
  const keep = (part: Buffer) => {
    length += part.length;
    if (length <= LONGEST_LINE) parts.push(part);
    else parts = [];
  };
  for await (const chunk of input) {
    const bytes: Buffer = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
    let start = 0;
    for (let end = bytes.indexOf(10); end >= 0; end = bytes.indexOf(10, start)) {
      keep(bytes.subarray(start, end));
      start = end + 1;
      const line = take();
      if (line !== null) yield line;
    }
    if (start < bytes.length) keep(bytes.subarray(start));
  }
  if (length > 0) {
    const line = take();
    if (line !== null) yield line;
  }
}

function isBlank(bytes: Buffer): boolean {
  return bytes.every((byte) => byte === 0x20 || (byte >= 0x09 && byte <= 0x0d));
}

/** The text of a line, or null where it is too long or no UTF-8. */
export function lineText({ bytes }: InputLine): string | null {
  if (bytes === null) return null;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

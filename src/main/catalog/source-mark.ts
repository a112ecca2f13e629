/** A mark of the bytes that were read of a file, by which a file that only grew is told from one that was written anew. */
import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';

/** Bytes at the beginning and at the end of what was read that go into a mark. */
const MARK_BYTES = 4096;

/**
 * SHA-256 over the first and the last bytes of the first `length` bytes of a file. Deleting or changing lines in between moves the
 * last bytes, so both ends together notice it.
 */
export async function markOf(handle: FileHandle, length: number): Promise<string> {
  const hash = createHash('sha256');
  const head = await readExactly(handle, 0, Math.min(MARK_BYTES, length));
  const tailStart = Math.max(head.length, length - MARK_BYTES);
  const tail = await readExactly(handle, tailStart, length - tailStart);
  return hash.update(head).update(tail).digest('hex');
}

async function readExactly(handle: FileHandle, position: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length);
  let filled = 0;
  while (filled < length) {
    const { bytesRead } = await handle.read(buffer, filled, length - filled, position + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return buffer.subarray(0, filled);
}

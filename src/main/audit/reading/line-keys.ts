/** What is handed to WebAssembly that tells lines from their bytes (assembly/line-parts.ts). */
import { Buffer } from 'node:buffer';
import { ENTRY_FIELDS } from '../../../shared/entry.ts';

/** Bytes that must lie behind the lines: 32 are loaded at a time, across their end. */
export const LINE_MARGIN_BYTES = 64;
const KEY_BYTES = 32;

/** Writes what stands before each value: as Python's json writes it, and without spaces; and how long each is. */
export function writeLineKeys(memory: ArrayBuffer, keysAt: number, lengthsAt: number): void {
  const keys = [
    ...ENTRY_FIELDS.map((field, index) => `${index === 0 ? '{' : ', '}"${field}": `),
    ...ENTRY_FIELDS.map((field, index) => `${index === 0 ? '{' : ','}"${field}":`),
  ];
  for (const [index, key] of keys.entries()) {
    Buffer.from(memory, keysAt + index * KEY_BYTES, KEY_BYTES).write(key, 'latin1');
    Buffer.from(memory, lengthsAt + index, 1)[0] = key.length;
  }
}

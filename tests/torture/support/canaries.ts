/** Looks for secrets where they must not be. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Every file below a folder, hidden ones too. */
export function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

/** Files below a folder that hold this text, also as UTF-16 or as base64. */
export function filesHolding(folder: string, secret: string): string[] {
  return filesBelow(folder).filter((path) => holds(readFileSync(path), secret));
}

/** True where bytes hold a text as UTF-8, as UTF-16 or as base64 of it. */
export function holds(bytes: Buffer, secret: string): boolean {
  return formsOf(secret).some((form) => bytes.includes(form));
}

function formsOf(secret: string): Buffer[] {
  // The end of base64 depends on what follows: all but the last three bytes are enough.
  const inBase64 = Buffer.from(secret).subarray(0, Math.floor((secret.length - 3) / 3) * 3);
  return [
    Buffer.from(secret),
    Buffer.from(secret, 'utf16le'),
    Buffer.from(inBase64.toString('base64')),
    Buffer.from(inBase64.toString('base64url')),
  ];
}

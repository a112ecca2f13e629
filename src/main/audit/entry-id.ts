/** Ids of entries. */
import { randomUUID } from 'node:crypto';

/** A new entry id: a random UUID, version 4. */
export function createEntryId(): string {
  return randomUUID();
}

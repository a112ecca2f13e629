/** What became of the files of a source since they were last read. Pure: it compares what is known with what was seen. */
import type { IndexedFile, SourceFile } from './log-file.ts';

/** A file that is still the one in the index. */
export interface KeptFile {
  readonly known: IndexedFile;
  readonly seen: SourceFile;
}

export interface ChangePlan {
  /** Same file, same size, same time: nothing to do but perhaps a new name. */
  readonly unchanged: readonly KeptFile[];
  /** Same file with other bytes: it grew, or was written anew in place. Its marks must tell. */
  readonly changed: readonly KeptFile[];
  readonly gone: readonly IndexedFile[];
  readonly added: readonly SourceFile[];
}

/**
 * Matches files by identity first, so that a rotated file is known under its new name, then by name, for file systems whose
 * identities do not last.
 */
export function planChanges(known: Iterable<IndexedFile>, seen: readonly SourceFile[]): ChangePlan {
  const unmatched = new Map<string, IndexedFile>();
  const byIdentity = new Map<string, IndexedFile>();
  for (const file of known) {
    unmatched.set(file.name, file);
    byIdentity.set(file.identity, file);
  }
  const pairs: KeptFile[] = [];
  const rest: SourceFile[] = [];
  for (const file of seen) {
    const match = byIdentity.get(file.identity);
    if (match === undefined || !unmatched.delete(match.name)) rest.push(file);
    else pairs.push({ known: match, seen: file });
  }
  const added: SourceFile[] = [];
  for (const file of rest) {
    const match = unmatched.get(file.name);
    if (match === undefined) added.push(file);
    else {
      unmatched.delete(file.name);
      pairs.push({ known: match, seen: file });
    }
  }
  const isUnchanged = ({ known: before, seen: now }: KeptFile): boolean =>
    before.identity === now.identity && before.size === now.size && before.mtimeNs === now.mtimeNs;
  return {
    unchanged: pairs.filter(isUnchanged),
    changed: pairs.filter((pair) => !isUnchanged(pair)),
    gone: [...unmatched.values()],
    added,
  };
}

/** True where the same file was seen under two names, as in the middle of a rotation. */
export function hasTwinIdentities(seen: readonly SourceFile[]): boolean {
  return new Set(seen.map((file) => file.identity)).size < seen.length;
}

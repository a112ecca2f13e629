/**
 * The old file of a rewrite, kept beside the new one under a name that is no log's until every late writer is through. What is
 * appended to it up to then outlives the rewriter: see interrupted-rewrite.ts and docs/adr/0001-one-file-one-writer-loop.md.
 */
import { linkSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { CANNOT_LINK, errnoOf } from './file-error.ts';

const REPLACED = /^\.(audit_.*\.jsonl)\.replaced-(\d+)$/s;

/** What the name of a replaced file says. */
export interface ReplacedName {
  readonly name: string;
  /** The log file that it was. */
  readonly file: string;
  /** From this byte on, its lines are not known to be in the file that took its place. The beginning of a line. */
  readonly takenUpTo: number;
}

/** Reads a name; null where it is no replaced file's. */
export function parseReplacedName(name: string): ReplacedName | null {
  const match = REPLACED.exec(name);
  return match === null ? null : { name, file: match[1] ?? '', takenUpTo: Number(match[2]) };
}

/** A log file that is kept under a second name. Where the system has no links between files, it does nothing. */
export class ReplacedFile {
  readonly #folder: string;
  readonly #file: string;
  #path: string | null;

  private constructor(folder: string, file: string, path: string | null) {
    this.#folder = folder;
    this.#file = file;
    this.#path = path;
  }

  /** Gives the log file its second name, before it loses the first. System errors pass through. */
  static keep(folder: string, file: string, takenUpTo: number): ReplacedFile {
    const path = pathOf(folder, file, takenUpTo);
    try {
      linkSync(join(folder, file), path);
      return new ReplacedFile(folder, file, path);
    } catch (error) {
      if (!CANNOT_LINK.has(errnoOf(error))) throw error;
      return new ReplacedFile(folder, file, null);
    }
  }

  /** Notes that the bytes before this one are in the new file. */
  take(upTo: number): void {
    if (this.#path === null) return;
    const path = pathOf(this.#folder, this.#file, upTo);
    if (path !== this.#path) renameSync(this.#path, path);
    this.#path = path;
  }

  /** Takes the second name away. May be called twice. */
  drop(): void {
    if (this.#path !== null) rmSync(this.#path, { force: true });
    this.#path = null;
  }
}

function pathOf(folder: string, file: string, takenUpTo: number): string {
  return join(folder, `.${file}.replaced-${takenUpTo}`);
}

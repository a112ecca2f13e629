/** What every command is given. */
import type { Readable } from 'node:stream';
import type { TextOutput } from './text-output.ts';

export interface CommandContext {
  readonly stdin: Readable & { readonly isTTY?: boolean };
  readonly stdout: TextOutput;
  readonly stderr: TextOutput;
  /** Against which a folder's path is made absolute. */
  readonly currentFolder: string;
  /** Where indexes are kept between runs. */
  readonly dataFolder: () => string;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** How a command ends: 0 done, 1 failed, 2 wrong usage, 3 done but some lines could not be read. */
export type ExitCode = 0 | 1 | 2 | 3;

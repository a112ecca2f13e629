/** Looks through the memory of a browser's renderer, by its own snapshot and from outside. */
import { closeSync, openSync, readdirSync, readFileSync, readSync } from 'node:fs';
import type { BrowserContext, Page } from '@playwright/test';
import { holds } from './canaries.ts';

/** The heap of a page as the browser's own debugger writes it down, garbage collected before. */
export async function heapSnapshot(context: BrowserContext, page: Page): Promise<Buffer> {
  const session = await context.newCDPSession(page);
  const chunks: string[] = [];
  session.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => void chunks.push(chunk));
  await session.send('HeapProfiler.enable');
  await session.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false });
  await session.detach();
  return Buffer.from(chunks.join(''));
}

/** Processes that draw pages for the browser with this profile. */
export function rendererPids(profile: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((name) => {
      const command = commandOf(name);
      return command.includes('--type=renderer') && parentCommands(name).some((line) => line.includes(profile));
    })
    .map(Number);
}

function commandOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'latin1').replaceAll('\0', ' ');
  } catch {
    return '';
  }
}

function parentCommands(pid: string): string[] {
  const commands: string[] = [];
  for (let child = pid; Number(child) > 1; ) {
    commands.push(commandOf(child));
    try {
      child =
        readFileSync(`/proc/${child}/stat`, 'latin1')
          .replace(/^.*\) \S+ /s, '')
          .split(' ')[0] ?? '0';
    } catch {
      break;
    }
  }
  return commands;
}

/** Those of the texts that the memory of a process holds, where it can write. What cannot be read any more is passed over. */
export function heldInMemory(pid: number, secrets: readonly string[]): ReadonlySet<string> {
  const found = new Set<string>();
  const memory = openSync(`/proc/${pid}/mem`, 'r');
  try {
    for (const line of readFileSync(`/proc/${pid}/maps`, 'latin1').split('\n')) {
      const range = /^([0-9a-f]+)-([0-9a-f]+) rw/.exec(line);
      if (range === null) continue;
      lookThrough(memory, BigInt(`0x${range[1]}`), BigInt(`0x${range[2]}`), (piece) => {
        for (const secret of secrets) if (!found.has(secret) && holds(piece, secret)) found.add(secret);
      });
    }
  } finally {
    closeSync(memory);
  }
  return found;
}

const PIECE_BYTES = 4 * 1024 * 1024;
/** More than the longest form of a secret that is looked for: pieces overlap by it. */
const OVERLAP_BYTES = 4096;
const piece = Buffer.allocUnsafe(PIECE_BYTES);

function lookThrough(memory: number, from: bigint, to: bigint, look: (piece: Buffer) => void): void {
  for (let at = from; at < to; at += BigInt(PIECE_BYTES - OVERLAP_BYTES)) {
    try {
      const wanted = to - at < PIECE_BYTES ? Number(to - at) : PIECE_BYTES;
      look(piece.subarray(0, readSync(memory, piece, 0, wanted, at)));
    } catch {
      // Pages that were given back or never touched cannot be read.
    }
  }
}

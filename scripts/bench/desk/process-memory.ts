/** Memory of a process and of those it started, as Linux counts it. */
import { readFileSync } from 'node:fs';

/** Resident memory in MB (10^6 bytes). */
export interface ResidentMemory {
  /** The process itself. */
  readonly ownMb: number;
  /** All processes below it together: the catalog's. */
  readonly childrenMb: number;
}

/** Resident memory of a process and of all below it; null where the system has no /proc. */
export function residentMemory(pid: number): ResidentMemory | null {
  if (process.platform !== 'linux') return null;
  return {
    ownMb: residentMb(pid),
    childrenMb: descendants(pid).reduce((sum, child) => sum + residentMb(child), 0),
  };
}

/** Bytes that a process and all below it asked the system to read so far, files and sockets alike; null without /proc. */
export function bytesRead(pid: number): number | null {
  if (process.platform !== 'linux') return null;
  return [pid, ...descendants(pid)].reduce((sum, each) => sum + numberIn(`/proc/${each}/io`, /^rchar: (\d+)/m), 0);
}

/** Samples memory until stopped; answers the largest of each. */
export function watchMemory(pid: number, everyMs = 25): { stop(): ResidentMemory | null } {
  let peak = residentMemory(pid);
  const timer = setInterval(() => {
    const now = residentMemory(pid);
    if (now === null || peak === null) return;
    peak = { ownMb: Math.max(peak.ownMb, now.ownMb), childrenMb: Math.max(peak.childrenMb, now.childrenMb) };
  }, everyMs);
  return {
    stop() {
      clearInterval(timer);
      return peak;
    },
  };
}

function residentMb(pid: number): number {
  return (numberIn(`/proc/${pid}/status`, /^VmRSS:\s+(\d+) kB/m) * 1024) / 1e6;
}

function descendants(pid: number): readonly number[] {
  const children = textOf(`/proc/${pid}/task/${pid}/children`).split(' ').filter(Boolean).map(Number);
  return children.flatMap((child) => [child, ...descendants(child)]);
}

function numberIn(path: string, pattern: RegExp): number {
  return Number(pattern.exec(textOf(path))?.[1] ?? 0);
}

/** A process may end between two looks: it then holds nothing. */
function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

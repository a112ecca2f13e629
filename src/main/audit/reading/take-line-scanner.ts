/** Gives out scanners. */
import { KnownLineScanner } from './known-line-scanner.ts';
import type { LineScanner } from './line-scanner.ts';
import { PlainLineScanner } from './plain-line-scanner.ts';

/** A scanner for one file; where this Node runs no WebAssembly (`--jitless`), one that knows no line. */
export function takeLineScanner(): LineScanner {
  return KnownLineScanner.take() ?? new PlainLineScanner();
}

/** How much of the machine a run has to itself. */

const SPIN_CPU_MS = 40;

/**
 * The share of a core (0 to 1) that a loop gets which wants all of it: near 1 on a quiet machine. Figures that were taken far below
 * that say little about the product; ratios to a peer of the same run still do.
 */
export function coreShare(): number {
  const before = process.cpuUsage();
  const start = performance.now();
  let spent = 0;
  while (spent < SPIN_CPU_MS) {
    const { user, system } = process.cpuUsage(before);
    spent = (user + system) / 1000;
  }
  return Math.min(1, spent / (performance.now() - start));
}

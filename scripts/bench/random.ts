/** Chance that comes out the same on every run. */

/** Numbers from 0 up to 1 that follow from a seed. */
export type Random = () => number;

/** A generator by Numerical Recipes' 32-bit linear congruence, whose high bits are even enough to draw samples with. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** A whole number from 0 to `end`, `end` not included. */
export function randomBelow(random: Random, end: number): number {
  return Math.floor(random() * end);
}

/** One of several. Fails where there is none. */
export function randomOf<Value>(random: Random, values: readonly Value[]): Value {
  const value = values[randomBelow(random, values.length)];
  if (value === undefined) throw new Error('There is nothing to choose from.');
  return value;
}

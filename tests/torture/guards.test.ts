/** Guards that are to be taken away must be there to be taken: the source and the list of guards change together. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { GUARDS } from './guards.ts';
import { SCENARIOS } from './scenarios.ts';

const ROOT = join(import.meta.dirname, '..', '..');
/** Scenarios whose guard is no line that could be taken away; docs/reliability.md says why. */
const WITHOUT_GUARD = ['cleanup-writes-once'];

describe('the guards', () => {
  it.each(GUARDS.map((guard) => [`${guard.scenario}: ${guard.without}`, guard] as const))('of %s', (_, { edits }) => {
    for (const { file, find } of edits) {
      expect(readFileSync(join(ROOT, file), 'utf8').split(find)).toHaveLength(2);
    }
  });

  it('are named for every scenario', () => {
    const guarded = new Set(GUARDS.map(({ scenario }) => scenario));
    const names = SCENARIOS.map(({ name }) => name);
    expect(names.filter((name) => !guarded.has(name))).toEqual(WITHOUT_GUARD);
    expect([...guarded].filter((name) => !names.includes(name))).toEqual([]);
  });
});

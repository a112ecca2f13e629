/** Makes tests of scenarios: the suite's short form. */
import { describe, expect, it } from 'vitest';
import type { Scenario } from './scenario.ts';
import { Workbench } from './support/workbench.ts';

/** A test for each scenario; what this machine cannot do is skipped by name, with the reason in it. */
export function tortureTests(name: string, scenarios: readonly Scenario[]): void {
  describe(name, () => {
    for (const scenario of scenarios) {
      const missing = scenario.missing?.() ?? null;
      const title = `${scenario.line}: ${scenario.promise}`;
      it.skipIf(missing !== null)(
        missing === null ? title : `${title} (not run: ${missing})`,
        { timeout: scenario.shortTimeoutMs ?? 120_000 },
        async () => {
          await using bench = await Workbench.open();
          const outcome = await scenario.run(bench, scenario.rounds.short);
          expect(outcome.losses).toEqual([]);
          expect(outcome.rounds).toBe(scenario.rounds.short);
        },
      );
    }
  });
}

/**
 * Runs every test: finds or installs a browser, builds, then unit to integration tests and the window's story in the browser.
 * Closes with one line that counts what ran, after the names of what was skipped.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { JSONReport, JSONReportSuite } from '@playwright/test/reporter';
import { provideChromium } from './chromium.ts';

interface Outcome {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: readonly string[];
}

/** The part of the unit runner's JSON report that is read here. */
interface UnitReport {
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly assertionResults: readonly { readonly fullName: string; readonly status: string }[];
  }[];
}

const reports = mkdtempSync(join(tmpdir(), 'audit-desk-tests-'));

function run(command: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): boolean {
  return spawnSync(command, args, { stdio: 'inherit', env: { ...process.env, ...env } }).status === 0;
}

function unitTests(): Outcome {
  const file = join(reports, 'unit.json');
  const ok = run('vitest', ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${file}`]);
  const { testResults } = JSON.parse(readFileSync(file, 'utf8')) as UnitReport;
  const tests = testResults.flatMap((suite) => suite.assertionResults);
  const failed = tests.filter((test) => test.status === 'failed').length;
  const brokenSuites = testResults.filter(
    (suite) => suite.status === 'failed' && suite.assertionResults.length === 0,
  ).length;
  return {
    passed: tests.filter((test) => test.status === 'passed').length,
    failed: Math.max(failed + brokenSuites, ok ? 0 : 1),
    skipped: tests.filter((test) => !['passed', 'failed'].includes(test.status)).map((test) => test.fullName),
  };
}

function flakySpecs(suite: JSONReportSuite): string[] {
  const own = suite.specs.flatMap((spec) =>
    spec.tests.filter((test) => test.status === 'flaky').map((test) => `${test.projectName}: ${spec.title}`),
  );
  return [...own, ...(suite.suites ?? []).flatMap(flakySpecs)];
}

function skippedSpecs(suite: JSONReportSuite): string[] {
  const own = suite.specs.flatMap((spec) =>
    spec.tests
      .filter((test) => test.status === 'skipped')
      .map((test) => {
        const reason =
          test.annotations.find((annotation) => annotation.type === 'skip')?.description ?? 'no reason given';
        return `${test.projectName}: ${spec.title} (${reason})`;
      }),
  );
  return [...own, ...(suite.suites ?? []).flatMap(skippedSpecs)];
}

function windowTests(): Outcome {
  const file = join(reports, 'window.json');
  const ok = run('playwright', ['test', '--reporter=list,json'], { PLAYWRIGHT_JSON_OUTPUT_NAME: file });
  const { stats, errors, suites } = JSON.parse(readFileSync(file, 'utf8')) as JSONReport;
  for (const name of suites.flatMap(flakySpecs)) console.log(`passed only when tried again: ${name}`);
  return {
    passed: stats.expected + stats.flaky,
    failed: Math.max(stats.unexpected + errors.length, ok ? 0 : 1),
    skipped: suites.flatMap(skippedSpecs),
  };
}

process.env['AUDIT_DESK_CHROMIUM'] = provideChromium();
if (!run('npm', ['run', '--silent', 'build'])) throw new Error('The build failed.');
const outcomes = [unitTests(), windowTests()];
rmSync(reports, { recursive: true });

const skipped = outcomes.flatMap((outcome) => outcome.skipped);
for (const name of skipped) console.log(`skipped: ${name}`);
const count = (part: 'passed' | 'failed') => outcomes.reduce((sum, outcome) => sum + outcome[part], 0);
console.log(`${count('passed')} passed, ${count('failed')} failed, ${skipped.length} skipped`);
process.exitCode = count('failed') === 0 && count('passed') > 0 ? 0 : 1;

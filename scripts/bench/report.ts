/** Prints results as a table for people; the JSON beside it is for programs. */
import { cpus, totalmem } from 'node:os';
import { type Figure, type Result, verdict } from './measure.ts';

const MARK = { aim: 'aim', must: 'must', short: 'SHORT', told: '', missing: '-' } as const;

function shown(value: number | null, unit: Figure['unit']): string {
  if (value === null) return '';
  const digits = value >= 1000 ? 0 : value >= 10 ? 1 : value >= 0.1 ? 2 : 4;
  return `${value.toLocaleString('en-US', { maximumFractionDigits: digits })}${unit === 'x' ? ' x' : unit === '/s' ? '/s' : ` ${unit}`}`;
}

function cells(result: Result): readonly string[] {
  if ('missing' in result) return [result.name, '', '', '', MARK.missing, result.missing];
  const { name, value, unit, must, aim, beside = '' } = result;
  return [name, shown(value, unit), shown(must, unit), shown(aim, unit), MARK[verdict(result)], beside];
}

/** One result in one line, told as soon as it is there. */
export function resultLine(result: Result): string {
  const [name, figure, , , reached, beside] = cells(result);
  return `${name}: ${[figure, reached, beside].filter((part) => part).join('; ')}`;
}

/** The results of one size of log. */
export interface SizedResults {
  readonly entries: number;
  readonly results: readonly Result[];
}

/** The results as a Markdown table. */
export function markdownTable(results: readonly Result[]): string {
  return table([['what', 'figure', 'must', 'aim', 'reached', 'beside'], ...results.map(cells)]);
}

/** How each figure that was taken at several sizes grows, as a Markdown table with a column a size. */
export function growthTable(rounds: readonly SizedResults[]): string {
  const names = new Set(rounds.flatMap(({ results }) => results.map((result) => result.name)));
  const head = ['what', ...rounds.map(({ entries }) => entries.toLocaleString('en-US'))];
  const rows = [...names].map((name) => [name, ...rounds.map((round) => valueNamed(round, name))]);
  return table([head, ...rows.filter((row) => row.slice(1).filter((cell) => cell !== '').length > 1)]);
}

function valueNamed({ results }: SizedResults, name: string): string {
  const result = results.find((each) => each.name === name);
  return result === undefined || 'missing' in result ? '' : shown(result.value, result.unit);
}

function table(rows: readonly (readonly string[])[]): string {
  const last = (rows[0] ?? []).length - 1;
  // The last column holds remarks: padding them all to the longest helps nobody.
  const widths = (rows[0] ?? []).map((head, column) =>
    column === last ? head.length : Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  const line = (row: readonly string[]) => `| ${row.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join(' | ')} |`;
  const [head = [], ...body] = rows;
  return [line(head), `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`, ...body.map(line)].join('\n');
}

/** The machine that the figures are of. */
export function machine(): {
  readonly cpu: string;
  readonly cores: number;
  readonly memoryGb: number;
  readonly node: string;
} {
  const processors = cpus();
  return {
    cpu: processors[0]?.model.trim() ?? 'unknown',
    cores: processors.length,
    memoryGb: Math.round(totalmem() / 2 ** 30),
    node: process.version,
  };
}

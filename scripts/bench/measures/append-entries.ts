/** How fast entries are written so that they survive a power cut. */
import { randomUUID } from 'node:crypto';
import { open, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AuditLogger, FileStorage } from '../../../src/main/audit/index.ts';
import type { BenchContext } from '../bench-context.ts';
import { type Measure, median, type Result, secondsOf } from '../measure.ts';

const ROUNDS = 3;
const CALLERS = 64;
const ENTRIES_OF_MANY = 48_000;
const ENTRIES_OF_ONE = 300;
/** Short turns, so that both sides meet the same moods of the disk. */
const TURNS_OF_ONE = 12;

/** `log()` over durable files: 64 callers at once, and one caller beside a bare loop that writes the same lines and syncs each. */
export const appendEntries: Measure = { name: 'append', grows: 'once', run };

async function run(context: BenchContext): Promise<readonly Result[]> {
  const many: number[] = [];
  const one: { readonly ours: number; readonly bare: number }[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    many.push((await appendRate(context, CALLERS, ENTRIES_OF_MANY)).perSecond);
  }
  for (let turn = 0; turn < TURNS_OF_ONE; turn += 1) {
    const ours = await appendRate(context, 1, ENTRIES_OF_ONE);
    one.push({ ours: ours.perSecond, bare: await bareRate(context, ours.lines) });
  }
  const ratio = median(one.map(({ ours, bare }) => ours / bare));
  const [ours, bare] = [median(one.map((each) => each.ours)), median(one.map((each) => each.bare))];
  return [
    {
      name: 'durable appends, 64 callers',
      value: median(many),
      unit: '/s',
      better: 'higher',
      must: 20_000,
      aim: 60_000,
      beside: `${ENTRIES_OF_MANY.toLocaleString('en-US')} entries, median of ${ROUNDS}`,
    },
    {
      name: 'durable appends, 1 caller, against a bare loop of async write + fdatasync',
      value: ratio,
      unit: 'x',
      better: 'higher',
      must: 0.7,
      aim: 0.9,
      beside: `${ours.toFixed(0)}/s; bare loop of the same lines ${bare.toFixed(0)}/s`,
    },
  ];
}

async function appendRate(context: BenchContext, callers: number, entries: number) {
  const folder = await context.newFolder('append');
  const storage = new FileStorage(folder);
  const logger = new AuditLogger({ storage });
  let left = entries;
  const caller = async () => {
    while (left > 0) {
      left -= 1;
      await logger.log(interaction());
    }
  };
  const seconds = await secondsOf(() => Promise.all(Array.from({ length: callers }, caller)));
  await storage.close?.();
  const lines = await linesOf(folder);
  if (lines.length !== entries) throw new Error(`${lines.length} of ${entries} entries were written.`);
  await context.removeFolder(folder);
  return { perSecond: entries / seconds, lines };
}

function interaction() {
  return {
    input: 'Summarise the claim of the customer in two sentences.',
    output: 'The customer reports water damage. An assessor has been sent.',
    provider: 'openai',
    model: 'gpt-4',
    conversation_id: randomUUID(),
    latency_ms: 812.5,
    input_tokens: 312,
    output_tokens: 128,
    metadata: { department: 'claims', region: 'eu-central' },
  };
}

async function linesOf(folder: string): Promise<readonly string[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.jsonl'));
  const texts = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
  return texts.flatMap((text) => text.split('\n').filter((line) => line !== ''));
}

/** What a loop without any of our care reaches: append a line, sync its data, go on. */
async function bareRate(context: BenchContext, lines: readonly string[]): Promise<number> {
  const folder = await context.newFolder('bare');
  const file = await open(join(folder, 'bare.jsonl'), 'a');
  const seconds = await secondsOf(async () => {
    for (const line of lines) {
      await file.write(`${line}\n`);
      await file.datasync();
    }
  });
  await file.close();
  await context.removeFolder(folder);
  return lines.length / seconds;
}

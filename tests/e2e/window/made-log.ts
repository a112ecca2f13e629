/** A log made for the filters: few entries, awkward values, known counts. */
import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Models in turn; entry number N has the one at N modulo their count. */
export const MODELS = [
  'gpt-4',
  'gpt-4o',
  'نموذج عربي, تجريبي',
  '👩🏽‍🚒 "fire: engine"',
  `a-model-whose-name-nobody-could-read-out-${'x'.repeat(120)}`,
  null,
] as const;

/** Entries of the made log. */
export const MADE_ENTRIES = 60;
const FIRST = Date.UTC(2026, 0, 28);

/** What entry `index` says. */
export function inputOf(index: number): string {
  return `Question number ${index}\nfrom the claims team`;
}

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

function entry(index: number): string {
  const blocked = index % 10 === 0;
  return JSON.stringify({
    id: `entry-${String(index).padStart(3, '0')}`,
    // One entry every half an hour.
    timestamp: new Date(FIRST + index * 1_800_000).toISOString().slice(0, 19),
    input_hash: sha256(inputOf(index)),
    // The last answer repeats the first question.
    output_hash: sha256(index === MADE_ENTRIES - 1 ? inputOf(0) : `Answer ${index}`),
    provider: ['openai', 'anthropic', 'local'][index % 3],
    model: MODELS[index % MODELS.length],
    conversation_id: `conversation-${Math.floor(index / 3)}`,
    safety_passed: !blocked,
    detectors_triggered: blocked ? ['prompt_injection', ...(index % 20 === 0 ? ['pii'] : [])] : [],
    block_reason: blocked ? 'Prompt injection, asked twice' : null,
    latency_ms: index * 100,
    input_tokens: index === 1 ? null : 10 + index,
    output_tokens: 5,
    metadata: {
      department: ['claims', 'underwriting'][index % 2],
      ...(index < 6 ? { 'ticket no.': `T-${index}` } : {}),
    },
  });
}

/** Writes the log to a folder of its own. */
export async function makeLog(): Promise<{ readonly folder: string; remove(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'audit-made-'));
  const lines = Array.from({ length: MADE_ENTRIES }, (_, index) => `${entry(index)}\n`);
  await writeFile(join(folder, 'audit_20260128.jsonl'), lines.join(''));
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}

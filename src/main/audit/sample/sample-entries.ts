/** Makes the entries of a sample log, one day at a time. */
import type { AuditEntry } from '../../../shared/entry.ts';
import type { JsonObject } from '../../../shared/lossless-json.ts';
import { formatTimestamp } from '../../../shared/timestamp.ts';
import { hashContent } from '../encryption/plain-text.ts';
import { BLOCKED, DIALOGUES, type Dialogue, NAMES, REFUSAL } from './sample-dialogues.ts';
import { momentOf, type SampleDay } from './sample-schedule.ts';
import type { SeededRandom } from './seeded-random.ts';

const BLOCKED_SHARE = 0.03;
/** Passed entries in which a detector found something. */
const FLAGGED_SHARE = 0.04;
const US_PER_SECOND = 1_000_000;

interface Model {
  readonly provider: string;
  readonly model: string;
  readonly weight: number;
  /** Median latency, milliseconds. */
  readonly medianMs: number;
}

const MODELS: readonly Model[] = [
  { provider: 'openai', model: 'gpt-4', weight: 26, medianMs: 1900 },
  { provider: 'openai', model: 'gpt-4o-mini', weight: 22, medianMs: 520 },
  { provider: 'anthropic', model: 'claude-3-5-sonnet', weight: 24, medianMs: 1150 },
  { provider: 'anthropic', model: 'claude-3-opus', weight: 8, medianMs: 2600 },
  { provider: 'google', model: 'gemini-1.5-pro', weight: 12, medianMs: 1300 },
  { provider: 'mistral', model: 'mistral-large', weight: 6, medianMs: 980 },
  { provider: 'local', model: 'llama-3-8b', weight: 2, medianMs: 340 },
];
const MODEL_WEIGHTS = MODELS.map(({ weight }) => weight);

/** Departments whose content is stored where it is stored plain; the others record hashes only, as their rules ask. */
const STORES_PLAIN: ReadonlySet<string> = new Set(['support', 'marketing']);

/** Turns content into what is stored, at a time in seconds; null stores nothing. */
export type ContentStore = (text: string, department: string, timeS: number) => string | null;

/** Stores plain texts of the departments that keep them. */
export const storePlain: ContentStore = (text, department) => (STORES_PLAIN.has(department) ? text : null);

interface Conversation {
  readonly id: string;
  readonly dialogue: Dialogue;
  readonly model: Model;
  readonly user: string;
  readonly fill: ReadonlyMap<string, string>;
}

interface PlannedTurn {
  readonly epochUs: number;
  readonly conversation: Conversation;
  readonly turn: number;
}

/** The entries of one day by time. */
export function* sampleEntries(day: SampleDay, random: SeededRandom, store: ContentStore): Generator<AuditEntry> {
  for (const planned of planTurns(day, random)) yield entryOf(planned, random, store);
}

function planTurns(day: SampleDay, random: SeededRandom): readonly PlannedTurn[] {
  const turns: PlannedTurn[] = [];
  while (turns.length < day.entries) {
    const conversation = beginConversation(random);
    let epochUs = momentOf(day, random);
    for (let turn = 0; turn < conversation.dialogue.turns.length && turns.length < day.entries; turn += 1) {
      if (epochUs > day.endUs) break;
      turns.push({ epochUs, conversation, turn });
      epochUs += Math.floor((15 + 160 * random.fraction()) * US_PER_SECOND);
    }
  }
  return turns.sort((left, right) => left.epochUs - right.epochUs);
}

function beginConversation(random: SeededRandom): Conversation {
  const dialogue = random.pick(DIALOGUES);
  return {
    id: `conv-${random.word().toString(16).padStart(8, '0')}`,
    dialogue,
    model: MODELS[random.weighted(MODEL_WEIGHTS)] as Model,
    user: `user-${1 + random.below(400)}`,
    fill: new Map([
      ['ref', String(10_000 + random.below(89_999))],
      ['amount', String(20 + random.below(4000))],
      ['days', String(2 + random.below(28))],
      ['name', random.pick(NAMES)],
    ]),
  };
}

function entryOf({ epochUs, conversation, turn }: PlannedTurn, random: SeededRandom, store: ContentStore): AuditEntry {
  const { dialogue, model, user, fill } = conversation;
  const blocked = random.fraction() < BLOCKED_SHARE ? random.pick(BLOCKED) : null;
  const flagged = blocked === null && random.fraction() < FLAGGED_SHARE;
  const [asked = '', answered = ''] = dialogue.turns[turn] ?? [];
  const input = filled(blocked?.input ?? asked, fill);
  const output = blocked === null ? filled(answered, fill) : REFUSAL;
  const timeS = Math.floor(epochUs / US_PER_SECOND);
  return {
    id: random.uuid(),
    timestamp: formatTimestamp(epochUs),
    input_hash: hashContent(input),
    output_hash: hashContent(output),
    input_content: store(input, dialogue.department, timeS),
    output_content: store(output, dialogue.department, timeS),
    provider: model.provider,
    model: model.model,
    conversation_id: conversation.id,
    safety_passed: blocked === null,
    detectors_triggered: blocked?.detectors ?? (flagged ? ['pii'] : []),
    block_reason: blocked?.reason ?? null,
    alerts: blocked?.alerts ?? [],
    latency_ms: latency(blocked === null ? model.medianMs : 45, random),
    input_tokens: tokens(input, random),
    output_tokens: blocked === null ? tokens(output, random) : 0,
    metadata: metadataOf(user, dialogue.department, random),
  };
}

function filled(text: string, fill: ReadonlyMap<string, string>): string {
  return text.replace(/\{(\w+)\}/g, (_, name: string) => fill.get(name) ?? '');
}

/** Log-normal, as response times are; milliseconds to the microsecond. */
function latency(medianMs: number, random: SeededRandom): number {
  return Math.round(medianMs * Math.exp(0.45 * random.normal()) * 1000) / 1000;
}

function tokens(text: string, random: SeededRandom): number {
  return Math.max(1, Math.round((Buffer.byteLength(text) / 4) * (0.85 + 0.3 * random.fraction())));
}

function metadataOf(user: string, department: string, random: SeededRandom): JsonObject {
  const metadata = { user_id: user, department };
  return random.fraction() < 0.2 ? { ...metadata, temperature: random.below(11) / 10 } : metadata;
}

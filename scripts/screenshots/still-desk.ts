/** A desk whose clock stands still, over logs that are the same on every run. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const CLI = join(import.meta.dirname, '../../out/main/cli.js');
const EDGE_CASES = join(import.meta.dirname, '../../tests/fixtures/edge-cases');
const STILL_CLOCK = new URL('./still-clock.ts', import.meta.url).href;

/** The present, as every screenshot shows it. */
export const NOW = '2026-01-28T10:41:09Z';

/** Of no use but here: it is the same for everybody. */
const TOUR_KEY = `${Buffer.from('audit-desk screenshots: no secre').toString('base64url')}=`;

/** Logs and key files of the tour. */
export interface TourLogs {
  readonly claims: string;
  readonly support: string;
  /** With lines that are no entries. */
  readonly imported: string;
  /** With the longest and oddest values that a table must bear. */
  readonly overfull: string;
  readonly keyFile: string;
}

/** Writes the logs of the tour below a folder. */
export async function writeTourLogs(folder: string): Promise<TourLogs> {
  await mkdir(folder, { recursive: true });
  const logs = {
    claims: join(folder, 'claims-prod'),
    support: join(folder, 'support-chat'),
    imported: join(folder, 'imported-2026-03'),
    overfull: join(folder, 'سجلات التدقيق – everything-that-the-branch-office-in-Casablanca-ever-sent-us 🗂️'),
    keyFile: join(folder, 'claims-2026.key'),
  };
  await mkdir(logs.overfull);
  await writeFile(join(logs.overfull, 'audit_20260128.jsonl'), overfullLines());
  await writeFile(logs.keyFile, TOUR_KEY, { mode: 0o600 });
  await cp(EDGE_CASES, logs.imported, { recursive: true });
  const encrypted = ['--encrypted', '--key-file', logs.keyFile];
  const until = ['--until', '2026-01-28T10:41:07'];
  runCli(['sample', logs.claims, '--entries', '9730', '--days', '30', '--seed', '7', ...until, ...encrypted]);
  runCli(['sample', logs.support, '--entries', '6000', '--days', '400', '--seed', '11', ...until, ...encrypted]);
  return logs;
}

/** Lines whose values are long, empty, in other scripts, or of more kinds than there is room for. */
function overfullLines(): string {
  const models = [
    'نموذج عربي للتأمين, تجريبي',
    '👩🏽‍🚒👨‍👩‍👧‍👦 emoji-model',
    `a-model-whose-name-nobody-could-read-out-${'x'.repeat(90)}`,
    '',
    'gpt-4',
  ];
  const reasons = [
    'تم رفض الطلب: محاولة حقن',
    'Prompt injection, asked twice, in three languages, with a very long explanation of why',
  ];
  const lines = Array.from({ length: 40 }, (_, index) => {
    const blocked = index % 4 === 0;
    return JSON.stringify({
      id: index % 3 === 0 ? `urn:example:branch:casablanca:${'0123456789abcdef'.repeat(6)}:${index}` : `entry-${index}`,
      timestamp: `2026-01-28T${String(index % 24).padStart(2, '0')}:59:59.999999`,
      input_hash: String(index % 10).repeat(64),
      output_hash: 'f'.repeat(64),
      provider: ['مزود الخدمة', 'openai', 'a-provider-with-a-long-name'][index % 3],
      model: models[index % models.length],
      conversation_id: index % 5 === 0 ? '' : `محادثة-${index}-${'conversation'.repeat(4)}`,
      safety_passed: !blocked,
      detectors_triggered: blocked
        ? ['prompt_injection', 'pii', 'كلمات محظورة', 'toxicity', 'jailbreak', 'secrets 🔐']
        : [],
      block_reason: blocked ? reasons[index % 8 === 0 ? 0 : 1] : null,
      latency_ms: index % 7 === 0 ? 98_765_432.123456 : index,
      input_tokens: index % 6 === 0 ? 9_007_199_254_740_991 : index,
      output_tokens: index,
      metadata: {
        department: ['قسم المطالبات', 'claims'][index % 2],
        'ticket no.': `T-${index}`,
        note: '🧾'.repeat(40),
      },
    });
  });
  return `${lines.join('\n')}\n`;
}

function runCli(args: readonly string[]): void {
  const { status, stderr } = spawnSync(process.execPath, [CLI, ...args], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`audit-desk ${args[0]} ended with ${status}.\n${stderr}`);
}

/** The web host with its clock stopped. */
export interface StillDesk {
  readonly link: string;
  end(): Promise<void>;
}

/** Starts it over a data folder. */
export async function serveStillDesk(dataFolder: string): Promise<StillDesk> {
  const child = spawn(process.execPath, [CLI, 'serve', '--no-open'], {
    env: {
      ...process.env,
      NODE_OPTIONS: `--disable-warning=ExperimentalWarning --import=${STILL_CLOCK}`,
      AUDIT_DESK_STOPPED_CLOCK: NOW,
      AUDIT_DESK_DATA: dataFolder,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  const [link] = (await Promise.race([
    once(createInterface({ input: child.stdout }), 'line'),
    ended.then(() => Promise.reject(new Error('audit-desk serve has ended.'))),
  ])) as [string];
  return {
    link,
    end: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

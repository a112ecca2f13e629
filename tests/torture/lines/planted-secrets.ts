/** Line 31: a key and a bucket's secret, planted by path, used, and then looked for everywhere. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type BrowserContext, expect, type Page } from '@playwright/test';
import { EncryptionManager, entryToJson, generateKey, hashContent } from '../../../src/main/audit/index.ts';
import { callDesk } from '../../e2e/support/call-desk.ts';
import { DeskWindow } from '../../e2e/window/desk-window.ts';
import { startFaultyProxy } from '../../support/s3/faulty-proxy.ts';
import { imagineBucket } from '../../support/s3/imagined-bucket.ts';
import type { Outcome, Scenario } from '../scenario.ts';
import { missingBrowser, openBrowser, openWindow, type WindowHost } from '../support/browsers.ts';
import { bucketServer } from '../support/buckets.ts';
import { filesHolding, holds } from '../support/canaries.ts';
import { heapSnapshot, heldInMemory, rendererPids } from '../support/process-memory.ts';
import { sampleEntry } from '../support/sample-entry.ts';
import { missingBuild } from '../support/served-desk.ts';
import type { Workbench } from '../support/workbench.ts';

const PROFILE = 'canary';
const BUCKET_ENTRIES = 20;

/** What is planted. `text` may be shown in the window, and nowhere on disk but in the log itself. */
interface Secrets {
  readonly key: string;
  readonly damagedKey: string;
  readonly bucketSecret: string;
  readonly text: string;
}

function makeSecrets(): Secrets {
  const random = () => generateKey().replaceAll(/[-_=]/g, 'x');
  return { key: generateKey(), damagedKey: `${random()}!`, bucketSecret: random(), text: `Plaintext ${random()}` };
}

/** A folder with key files, AWS credentials and an encrypted log. Answers their paths. */
function plant(bench: Workbench, { key, damagedKey, bucketSecret, text }: Secrets) {
  const folder = bench.folder();
  const log = join(folder, 'log');
  mkdirSync(log, { recursive: true });
  const keyFile = join(folder, 'a.key');
  const damagedKeyFile = join(folder, 'damaged.key');
  const credentials = join(folder, 'credentials');
  writeFileSync(keyFile, `${key}\n`);
  writeFileSync(damagedKeyFile, `${damagedKey}\n`);
  writeFileSync(credentials, `[${PROFILE}]\naws_access_key_id = AKIACANARY\naws_secret_access_key = ${bucketSecret}\n`);
  const manager = new EncryptionManager(key);
  const entry = { ...sampleEntry('encrypted'), input_hash: hashContent(text), input_content: manager.encrypt(text) };
  writeFileSync(join(log, 'audit_20260504.jsonl'), `${entryToJson(entry)}\n`);
  return { log, keyFile, damagedKeyFile, credentials };
}

/** A bucket behind a proxy that believes every signature. Answers its endpoint. */
async function openMindedBucket(bench: Workbench): Promise<string> {
  const proxy = await startFaultyProxy(await bucketServer(bench));
  bench.afterwards(() => proxy.stop());
  imagineBucket(proxy, { keys: new Set(Array.from({ length: BUCKET_ENTRIES }, (_, n) => `log/2026-03-01/${n}.json`)) });
  return proxy.endpoint;
}

/** Opens, reveals, searches, records and fails with the secrets, as a person does. */
async function workWith(page: Page, paths: ReturnType<typeof plant>, secrets: Secrets, endpoint: string) {
  const call = async (name: string, input: object) => await callDesk(page, name, JSON.stringify(input));
  const window = new DeskWindow(page);
  await window.expectCounts('1 entry');
  const damaged = await call('keys.importFile', { name: '', path: paths.damagedKeyFile });
  expect(damaged).toMatchObject({ ok: false, error: { code: 'invalid_key' } });
  const imported = await call('keys.importFile', { name: 'canary', path: paths.keyFile });
  expect(imported).toMatchObject({ ok: true });
  const { fingerprint } = (imported as { readonly value: { readonly fingerprint: string } }).value;
  await call('keys.remember', { fingerprint, remember: true });
  await window.row(0).click();
  await window.reveal();
  await expect(window.detail.getByRole('region', { name: 'Input text' })).toHaveText(secrets.text);
  const { value: source } = (await call('sources.current', {})) as { readonly value: { readonly sourceId: string } };
  const interaction = { input: 'recorded with the key', output: 'and kept' };
  const content = { store: 'encrypted', fingerprint };
  expect(await call('entries.record', { sourceId: source.sourceId, interaction, content })).toMatchObject({ ok: true });
  const filter = { range: { fromUs: null, toUs: null }, terms: [], numbers: [], text: [], contentHash: null };
  const search = { sourceId: source.sourceId, filter, text: 'Plaintext', matchCase: false, searchId: 'canary' };
  expect(await call('content.search', search)).toMatchObject({ ok: true, value: { hits: 1 } });
  const place = { kind: 'bucket', bucket: 'canary', prefix: 'log/', region: 'us-east-1', endpoint, pathStyle: true };
  const location = { ...place, profile: PROFILE };
  const refused = await call('sources.testBucket', {
    location: { ...location, endpoint: 'http://127.0.0.1:1' },
    credentials: null,
  });
  expect(refused).toMatchObject({ ok: false, error: { code: 'network_unreachable' } });
  expect(await call('sources.open', { location, credentials: null })).toMatchObject({ ok: true });
  await page.reload();
  await window.expectCounts(`${BUCKET_ENTRIES} entries`);
  await window.row(0).click();
  await expect(window.detail.getByRole('heading', { name: 'Raw line' })).toBeVisible();
}

/** Where in the renderer a secret is found. A text that was put there on purpose must be found: else the search is blind. */
async function lossesInRenderer(
  context: BrowserContext,
  page: Page,
  profile: string,
  secrets: Secrets,
): Promise<string[]> {
  const control = `control-${generateKey()}`;
  await page.evaluate((text) => void Object.assign(globalThis, { keptForControl: `${text}` }), control);
  const snapshot = await heapSnapshot(context, page);
  const names = ['key', 'damagedKey', 'bucketSecret'] as const;
  const wanted = [control, ...names.map((name) => secrets[name])];
  const held = rendererPids(profile).map((pid) => heldInMemory(pid, wanted));
  const losses: string[] = [];
  if (!holds(snapshot, control)) losses.push('the heap snapshot does not show what is there');
  if (!held.some((found) => found.has(control))) losses.push('the memory does not show what is there');
  for (const name of names) {
    if (holds(snapshot, secrets[name])) losses.push(`${name} stands in the renderer's heap`);
    if (held.some((found) => found.has(secrets[name]))) losses.push(`${name} stands in the renderer's memory`);
  }
  return losses;
}

async function lookOn(bench: Workbench, host: WindowHost): Promise<string[]> {
  const secrets = makeSecrets();
  const paths = plant(bench, secrets);
  const endpoint = await openMindedBucket(bench);
  const [dataFolder, profile] = [bench.folder(), bench.folder()];
  process.env['AWS_SHARED_CREDENTIALS_FILE'] = paths.credentials;
  process.env['AUDIT_DESK_DEBUG'] = '1';
  // The stand-in for Electron has a key store then, and remembers the key.
  process.env['STAND_IN_KEY_STORE'] = '1';
  const context = await openBrowser(bench, profile);
  const desk = await openWindow(bench, context, host, { source: paths.log, dataFolder });
  await workWith(desk.page, paths, secrets, endpoint);
  const losses = await lossesInRenderer(context, desk.page, profile, secrets);
  await desk.end();
  await context.close();
  for (const [name, secret] of Object.entries(secrets)) {
    for (const folder of [dataFolder, profile]) {
      losses.push(...filesHolding(folder, secret).map((file) => `${name} stands in ${file}`));
    }
    if (holds(Buffer.from(desk.output()), secret)) losses.push(`${name} was logged`);
  }
  return losses.map((loss) => `${host}: ${loss}`);
}

async function run(bench: Workbench, rounds: number): Promise<Outcome> {
  const before = { ...process.env };
  bench.afterwards(() => {
    process.env = before;
  });
  const losses: string[] = [];
  for (let round = 0; round < rounds; round += 1) {
    for (const host of ['web', 'harness'] as const) losses.push(...(await lookOn(bench, host)));
  }
  return { rounds, losses, note: 'each in both hosts' };
}

/** Line 31. */
export const plantedSecrets: Scenario = {
  line: 31,
  name: 'planted-secrets',
  promise:
    "a key and a bucket's secret, by path and used: not in the data folder, the logs, the browser's files, the renderer",
  failsWhere: 'a key or credentials go through the window, into the settings, the index, an error or a debug line',
  rounds: { short: 1, long: 5 },
  missing: () => (process.platform === 'linux' ? (missingBuild() ?? missingBrowser()) : 'there is no /proc'),
  run,
};

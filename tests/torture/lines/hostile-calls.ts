/** Line 26: every operation, called by somebody else or with something else. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { entryToJson } from '../../../src/main/audit/index.ts';
import { contract, type EntryRef, type OperationName, type Reply } from '../../../src/shared/contract.ts';
import { CALL_CHANNEL } from '../../../src/shared/ipc-channels.ts';
import { NEWEST_FIRST, NO_FILTER } from '../../../src/shared/query.ts';
import type { FromMain, SenderFrame } from '../../e2e/support/electron-stand-in/wire.ts';
import { type StandInProcess, startStandInProcess } from '../../e2e/support/stand-in-process.ts';
import type { Outcome, Scenario } from '../scenario.ts';
import { sampleEntry } from '../support/sample-entry.ts';
import { missingBuild, ServedDesk } from '../support/served-desk.ts';
import type { Workbench } from '../support/workbench.ts';

const OPERATIONS = Object.keys(contract) as OperationName[];
const OWN_FRAME: SenderFrame = { url: 'app://desk/', isMainFrame: true };
const STRANGERS: readonly SenderFrame[] = [
  { url: 'app://desk/', isMainFrame: false },
  { url: 'app://desk.evil.example/', isMainFrame: true },
  { url: 'app://evil/', isMainFrame: true },
  { url: 'https://desk/', isMainFrame: true },
  { url: 'http://127.0.0.1/', isMainFrame: true },
  { url: 'file:///etc/passwd', isMainFrame: true },
  { url: 'data:text/html,app://desk/', isMainFrame: true },
  { url: 'about:blank', isMainFrame: true },
  { url: '', isMainFrame: true },
];
/** No operation takes any of these. */
const WRONG_INPUTS: readonly string[] = [
  '',
  '{',
  'null',
  '0',
  '"text"',
  '[]',
  '[{}]',
  'true',
  '{"unknownField":1}',
  '{"__proto__":{"sourceId":"s1"}}',
  '{"sourceId":{"$ne":null}}',
  '{"sourceId":["s1"],"ref":7,"path":{},"name":{},"text":[],"jobId":0,"query":"","page":-1}',
];
const TEN_MEGABYTES = JSON.stringify({ sourceId: 's1', name: '', text: 'x'.repeat(10_000_000) });
/** Stands only in a log outside of the folder that is open. */
const SECRET = 'canary-of-another-folder';

type Call = (name: string, inputJson: string) => Promise<Reply<unknown>>;

/** A host, asked by its own window. */
interface Host {
  readonly name: string;
  readonly call: Call;
}

class Hostility {
  readonly losses: string[] = [];
  calls = 0;

  /** The call must be refused with one of these codes. */
  async refused(what: string, codes: readonly string[], ask: () => Promise<Reply<unknown>>): Promise<void> {
    this.calls += 1;
    const reply = await ask().catch(
      (error: NodeJS.ErrnoException) => ({ ok: false, error: { code: error.code } }) as const,
    );
    const told = reply.ok ? 'allowed' : (reply.error.code ?? 'nothing');
    if (!codes.includes(told)) this.losses.push(`${what}: ${told}`);
    if (JSON.stringify(reply).includes(SECRET)) this.losses.push(`${what}: the answer holds the other folder's entry`);
  }
}

async function startHarness(bench: Workbench): Promise<StandInProcess> {
  const loaded = Promise.withResolvers<void>();
  const listen = (message: FromMain) => message.kind === 'load' && loaded.resolve();
  const main = startStandInProcess([], { AUDIT_DESK_DATA: bench.folder() }, listen);
  bench.afterwards(() => main.end());
  await Promise.race([loaded.promise, main.ended]);
  return main;
}

async function invoke(main: StandInProcess, frame: SenderFrame, ...args: unknown[]): Promise<Reply<unknown>> {
  const reply = await main.ask({ kind: 'invoke', windowId: 1, frame, channel: CALL_CHANNEL, args });
  return JSON.parse(String(reply)) as Reply<unknown>;
}

async function byStrangers(main: StandInProcess, hostility: Hostility): Promise<void> {
  for (const name of OPERATIONS) {
    for (const frame of STRANGERS) {
      await hostility.refused(`${name} from ${frame.url}`, ['forbidden_call'], () => invoke(main, frame, name, '{}'));
    }
  }
  for (const value of [undefined, null, 0, true, {}, ['{}'], new Uint8Array(2), new Map(), 10n]) {
    await hostility.refused('a name of another type', ['invalid_argument'], () => invoke(main, OWN_FRAME, value, '{}'));
    const ask = () => invoke(main, OWN_FRAME, 'host.info', value);
    await hostility.refused('an input of another type', ['invalid_argument'], ask);
  }
}

/** Where the host answers and hangs up, a client that is still writing may see the hang-up first. */
const TOO_LARGE = ['invalid_argument', 'ECONNRESET', 'EPIPE'];

async function withWrongInputs({ name: host, call }: Host, hostility: Hostility): Promise<void> {
  for (const name of OPERATIONS) {
    for (const input of WRONG_INPUTS) {
      await hostility.refused(`${host}, ${name} of ${input}`, ['invalid_argument'], () => call(name, input));
    }
    await hostility.refused(`${host}, ${name} of 10 MB`, TOO_LARGE, () => call(name, TEN_MEGABYTES));
  }
  for (const name of ['nothing', '__proto__', 'constructor', 'toString', 'HOST.INFO', 'host.info ']) {
    await hostility.refused(`${host}, ${name}`, ['unknown_operation'], () => call(name, '{}'));
  }
}

/** Two folders with a log each: one is opened, the other one holds the secret. */
function makeFolders(bench: Workbench): { readonly open: string; readonly secretLine: string } {
  const root = bench.folder();
  const line = (id: string) => `${entryToJson({ ...sampleEntry(id), block_reason: id })}\n`;
  for (const [name, id] of [
    ['open', 'own'],
    ['other', SECRET],
  ] as const) {
    mkdirSync(join(root, name), { recursive: true });
    writeFileSync(join(root, name, 'audit_20260504.jsonl'), line(id));
  }
  return { open: join(root, 'open'), secretLine: line(SECRET).trimEnd() };
}

/** Refs whose file lies outside of the open folder, and whose place and id are right. */
function outsideRefs(folder: string, secretLine: string): EntryRef[] {
  const other = join(folder, '..', 'other', 'audit_20260504.jsonl');
  const files = ['../other/audit_20260504.jsonl', other, `file://${other}`, './../other/audit_20260504.jsonl'];
  const awkward = [
    '..\\other\\audit_20260504.jsonl',
    'audit_\0.jsonl',
    '/etc/passwd',
    'audit_/../../other/audit_20260504.jsonl',
  ];
  const place = { byteOffset: 0, byteLength: Buffer.byteLength(secretLine), id: SECRET };
  return [...files, ...awkward].map((file) => ({ file, ...place }));
}

async function withPathsOutside(bench: Workbench, { name: host, call }: Host, hostility: Hostility): Promise<void> {
  const { open, secretLine } = makeFolders(bench);
  const opened = await call(
    'sources.open',
    JSON.stringify({ location: { kind: 'folder', path: open }, credentials: null }),
  );
  if (!opened.ok) {
    hostility.losses.push(`${host}: the folder could not be opened: ${opened.error.code}`);
    return;
  }
  const { sourceId } = opened.value as { readonly sourceId: string };
  const exported = { format: { kind: 'jsonl' }, replace: false, decrypted: true, timeZone: 'UTC', jobId: 'job' };
  for (const ref of outsideRefs(open, secretLine)) {
    const inputs: Readonly<Record<string, object>> = {
      'entries.detail': { sourceId, ref },
      'entries.reveal': { sourceId, ref },
      'entries.export': {
        sourceId,
        entries: { kind: 'chosen', refs: [ref] },
        path: join(open, 'out.jsonl'),
        ...exported,
      },
    };
    for (const [name, input] of Object.entries(inputs)) {
      const codes = ['invalid_argument', 'entry_changed', 'entry_not_found'];
      await hostility.refused(`${host}, ${name} of ${ref.file}`, codes, () => call(name, JSON.stringify(input)));
    }
    const position = await call('entries.position', JSON.stringify({ sourceId, query: QUERY, ref }));
    if (position.ok && position.value !== null) hostility.losses.push(`${host}: ${ref.file} has a position`);
  }
}

const QUERY = { filter: NO_FILTER, sort: NEWEST_FIRST };

async function run(bench: Workbench, rounds: number): Promise<Outcome> {
  const hostility = new Hostility();
  for (let round = 0; round < rounds; round += 1) {
    const main = await startHarness(bench);
    const served = await ServedDesk.start(bench, bench.folder());
    const hosts: readonly Host[] = [
      { name: 'desktop', call: (name, inputJson) => invoke(main, OWN_FRAME, name, inputJson) },
      { name: 'web host', call: (name, inputJson) => served.reply(name.replaceAll(' ', '%20'), inputJson) },
    ];
    await byStrangers(main, hostility);
    for (const host of hosts) {
      await withWrongInputs(host, hostility);
      await withPathsOutside(bench, host, hostility);
      const alive = await host.call('host.info', '{}');
      if (!alive.ok) hostility.losses.push(`${host.name} does not answer any more: ${alive.error.code}`);
    }
    for (const code of [await main.end(), await served.end()])
      if (code !== 0) hostility.losses.push(`ended with ${code}`);
  }
  return { rounds, losses: hostility.losses, note: `${hostility.calls} calls of ${OPERATIONS.length} operations` };
}

/** Line 26. */
export const hostileCalls: Scenario = {
  line: 26,
  name: 'hostile-calls',
  promise:
    'every operation called by a wrong sender, with a wrong type, with 10 MB or a path outside is refused, in both hosts',
  failsWhere:
    'a handler runs before sender, size or input are looked at, or a file named by the window is opened as it is named',
  rounds: { short: 1, long: 5 },
  missing: missingBuild,
  run,
};

/** Line 27: requests to the web host from everywhere, and where its token can be seen. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { Agent } from 'node:http';
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { sendRequest } from '../../integration/hosts/http-request.ts';
import type { Outcome, Scenario } from '../scenario.ts';
import { missingBrowser, openBrowser } from '../support/browsers.ts';
import { filesHolding } from '../support/canaries.ts';
import { missingBuild, ServedDesk } from '../support/served-desk.ts';
import type { Workbench } from '../support/workbench.ts';

const HOSTS = {
  right: '127.0.0.1:PORT',
  evil: 'evil.example',
  name: 'localhost:PORT',
  port: '127.0.0.1:1',
  missing: null,
};
const ORIGINS = {
  none: null,
  right: 'http://127.0.0.1:PORT',
  null: 'null',
  evil: 'https://evil.example',
  port: 'http://127.0.0.1:1',
};
const SITES = { same: 'same-origin', sameSite: 'same-site', cross: 'cross-site', typed: 'none', missing: null };
const COOKIES = ['right', 'wrong', 'none', 'token', 'twice'] as const;
/** `never`: no cell of it may pass. */
const ROUTES = [
  ['GET', '/', 'static'],
  ['HEAD', '/', 'static'],
  ['POST', '/call/host.info', 'call'],
  ['POST', '/events', 'call'],
  ['POST', '/session', 'trade'],
  ['GET', '/call/host.info', 'never'],
  ['GET', '/events', 'never'],
  ['PUT', '/call/host.info', 'never'],
  ['OPTIONS', '/call/host.info', 'never'],
  ['POST', '/', 'never'],
] as const;
type Route = (typeof ROUTES)[number];
const ALLOWED_CELLS = { static: 2 * 3 * 5, call: 1, trade: 5, never: 0 };

interface Cell {
  readonly host: keyof typeof HOSTS;
  readonly origin: keyof typeof ORIGINS;
  readonly site: keyof typeof SITES;
  readonly cookie: (typeof COOKIES)[number];
}

function* cells(): Generator<Cell> {
  for (const host of Object.keys(HOSTS) as (keyof typeof HOSTS)[])
    for (const origin of Object.keys(ORIGINS) as (keyof typeof ORIGINS)[])
      for (const site of Object.keys(SITES) as (keyof typeof SITES)[])
        for (const cookie of COOKIES) yield { host, origin, site, cookie };
}

function mayPass(kind: Route[2], { host, origin, site, cookie }: Cell): boolean {
  if (kind === 'never' || host !== 'right') return false;
  if (kind === 'static') return ['none', 'right'].includes(origin) && ['same', 'typed', 'missing'].includes(site);
  return origin === 'right' && site === 'same' && (kind === 'trade' || cookie === 'right');
}

function headersOf(desk: ServedDesk, { host, origin, site, cookie }: Cell): Record<string, string> {
  const here = (text: string | null) => text?.replace('PORT', String(desk.port)) ?? null;
  const own = desk.headers['Cookie'] ?? '';
  const name = own.split('=')[0];
  const cookies = {
    right: own,
    wrong: `${name}=${'A'.repeat(43)}`,
    none: null,
    token: `${name}=${desk.token}`,
    twice: `${own}; ${name}=x`,
  };
  const given = {
    Host: here(HOSTS[host]),
    Origin: here(ORIGINS[origin]),
    'Sec-Fetch-Site': SITES[site],
    Cookie: cookies[cookie],
    'Content-Type': 'application/json',
  };
  return Object.fromEntries(Object.entries(given).filter((pair): pair is [string, string] => pair[1] !== null));
}

async function tryEveryCell(desk: ServedDesk, losses: string[]): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: 4 });
  let sent = 0;
  for (const [method, path, kind] of ROUTES) {
    let allowed = 0;
    for (const cell of cells()) {
      const body = path === '/session' ? JSON.stringify({ token: desk.token }) : '{}';
      const raw = { port: desk.port, method, path, headers: headersOf(desk, cell), agent };
      const answer = await sendRequest({ ...raw, ...(method === 'POST' ? { body } : {}) }, path === '/events');
      sent += 1;
      const passes = answer.status === 200;
      if (passes) allowed += 1;
      if (passes !== mayPass(kind, cell)) losses.push(`${method} ${path} ${JSON.stringify(cell)}: ${answer.status}`);
      if (answer.headers['access-control-allow-origin'] !== undefined)
        losses.push(`${method} ${path} allows an origin`);
    }
    if (allowed !== ALLOWED_CELLS[kind])
      losses.push(`${method} ${path}: ${allowed} cells pass, not ${ALLOWED_CELLS[kind]}`);
  }
  agent.destroy();
  return sent;
}

async function lossesOfToken(desk: ServedDesk): Promise<string[]> {
  const losses: string[] = [];
  for (const token of ['', 'wrong', 'A'.repeat(43), desk.token.slice(1), `${desk.token}A`]) {
    const raw = { port: desk.port, method: 'POST', path: '/session', headers: desk.headers };
    const { status } = await sendRequest({ ...raw, body: JSON.stringify({ token }) });
    if (status !== 403) losses.push(`the token ${JSON.stringify(token)} is traded`);
  }
  return losses;
}

function reaches(address: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: address, timeout: 2_000 });
    const answer = (answered: boolean) => () => {
      socket.destroy();
      resolve(answered);
    };
    socket.on('connect', answer(true)).on('error', answer(false)).on('timeout', answer(false));
  });
}

async function lossesOfListening({ port }: ServedDesk): Promise<string[]> {
  const own = Object.values(networkInterfaces()).flatMap((list) => (list ?? []).map(({ address }) => address));
  const others = new Set([...own, '127.0.0.2', '::1']);
  others.delete('127.0.0.1');
  const losses = (await reaches('127.0.0.1', port)) ? [] : ['it does not listen on 127.0.0.1'];
  for (const address of others) if (await reaches(address, port)) losses.push(`it listens on ${address}`);
  return losses;
}

/** Command lines and environments of every process that this user may look at. */
function processesHolding(secret: string): string[] {
  const numbers = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return numbers.flatMap((number) =>
    ['cmdline', 'environ'].flatMap((part) => {
      try {
        return readFileSync(`/proc/${number}/${part}`, 'latin1').includes(secret) ? [`/proc/${number}/${part}`] : [];
      } catch {
        return [];
      }
    }),
  );
}

/** Opens the link in a browser and looks at all that leaves it. */
async function lossesInBrowser(bench: Workbench, desk: ServedDesk): Promise<string[]> {
  const page = await (await openBrowser(bench)).newPage();
  const losses: string[] = [];
  const seen: Promise<string>[] = [];
  page.on('request', (request) => {
    // What follows the # never leaves a browser; this is what does.
    const url = request.url().replace(/#.*/, '');
    seen.push(request.allHeaders().then((headers) => `${url} ${headers['referer'] ?? ''} ${headers['cookie'] ?? ''}`));
  });
  await page.goto(desk.process.link);
  await page.getByRole('button', { name: 'Open folder' }).first().waitFor();
  await page.reload();
  await page.getByRole('button', { name: 'Open folder' }).first().waitFor();
  const sent = await Promise.all(seen);
  if (sent.length === 0) losses.push('no request of the browser was seen');
  if (sent.some((text) => text.includes(desk.token))) losses.push('the token stands in a URL, a Referer or a cookie');
  if (page.url().includes(desk.token)) losses.push("the token stays in the window's address");
  return losses;
}

/** With a browser to open: a program in its place, which stays long enough to be seen in the list of processes. */
async function lossesOfOpening(bench: Workbench): Promise<string[]> {
  const folder = bench.folder();
  mkdirSync(folder);
  const browser = join(folder, 'browser');
  writeFileSync(browser, '#!/bin/sh\nsleep 3\n');
  chmodSync(browser, 0o755);
  const cli = join(import.meta.dirname, '..', '..', '..', 'out', 'main', 'cli.js');
  const env = {
    ...process.env,
    NODE_OPTIONS: '',
    // Without a display no browser is opened.
    DISPLAY: ':0',
    AUDIT_DESK_DATA: join(folder, 'data'),
    AUDIT_DESK_CHROMIUM: browser,
  };
  const child = spawn(process.execPath, [cli, 'serve'], { env, stdio: ['ignore', 'pipe', 'ignore'] });
  bench.afterwards(() => child.kill('SIGKILL'));
  const [link] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  const token = new URL(link).hash.slice('#token='.length);
  let isOpened = false;
  for (let tries = 0; tries < 100 && !isOpened; tries += 1) {
    await new Promise((resolve) => setTimeout(resolve, 20));
    isOpened = processesHolding(browser).length > 0 && processesHolding('open.html').length > 0;
  }
  const holding = processesHolding(token);
  child.kill('SIGTERM');
  await once(child, 'exit');
  return [...(isOpened ? [] : ['no browser was opened']), ...holding.map((place) => `the token stands in ${place}`)];
}

async function run(bench: Workbench, rounds: number): Promise<Outcome> {
  const losses: string[] = [];
  let sent = 0;
  for (let round = 0; round < rounds; round += 1) {
    const dataFolder = bench.folder();
    const desk = await ServedDesk.start(bench, dataFolder);
    sent += await tryEveryCell(desk, losses);
    losses.push(...(await lossesOfToken(desk)), ...(await lossesOfListening(desk)));
    losses.push(...processesHolding(desk.token).map((place) => `the token stands in ${place}`));
    losses.push(...(await lossesInBrowser(bench, desk)), ...(await lossesOfOpening(bench)));
    await desk.end();
    losses.push(...filesHolding(dataFolder, desk.token).map((file) => `the token stands in ${file}`));
    if (desk.process.output() !== `${desk.process.link}\n`) losses.push('more than the link was printed');
  }
  return { rounds, losses, note: `${sent} requests` };
}

/** Line 27. */
export const webHostRequests: Scenario = {
  line: 27,
  name: 'web-host-requests',
  promise:
    'of {Host} x {Origin} x {site} x {cookie} on every route only the allowed cells pass; the token is seen nowhere',
  failsWhere:
    'one of the conditions is not looked at, it listens on another address, or the token is handed over as an argument',
  rounds: { short: 1, long: 3 },
  missing: () => (process.platform === 'linux' ? (missingBuild() ?? missingBrowser()) : 'there is no /proc'),
  run,
};

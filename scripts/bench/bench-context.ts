/** What every measure is given: a prepared log of its size, its index, folders that go away, one browser for the run. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Browser } from 'playwright';
import { launchBrowser } from './desk/browser.ts';
import { buildIndex } from './desk/desk-process.ts';

const CLI = fileURLToPath(new URL('../../out/main/cli.js', import.meta.url));
/** What `audit-desk sample` is given, so that every run reads the same bytes. */
export const SAMPLE = { days: 90, seed: 7, until: '2026-06-30T12:00:00' } as const;

/** A prepared log in a folder. */
export interface PreparedLog {
  readonly folder: string;
  /** Absolute paths of its files, oldest first. */
  readonly files: readonly string[];
  readonly entries: number;
  readonly bytes: number;
}

/** Where a run keeps its files. */
export interface BenchFolders {
  /** Sample logs, which a later run may take over. */
  readonly logs: string;
  /** Everything else; of no use once the run has ended. */
  readonly run: string;
}

export class BenchContext {
  /** Entries of the log that this round measures. */
  readonly entries: number;
  readonly #folders: BenchFolders;
  readonly #browser: { current: Promise<Browser> | null };
  #indexed: Promise<string> | null = null;

  constructor(
    entries: number,
    folders: BenchFolders,
    browser: { current: Promise<Browser> | null } = { current: null },
  ) {
    this.entries = entries;
    this.#folders = folders;
    this.#browser = browser;
  }

  /** The same run at another size. */
  ofSize(entries: number): BenchContext {
    return new BenchContext(entries, this.#folders, this.#browser);
  }

  /** The sample log of this size; written once, read by every measure, changed by none. */
  async log(entries = this.entries): Promise<PreparedLog> {
    const folder = join(this.#folders.logs, `log-${entries}`);
    if (!existsSync(folder)) await writeSample(folder, entries);
    return await describeLog(folder, entries);
  }

  /** A sample log whose contents are all encrypted, and the file of its key. */
  async encryptedLog(entries: number): Promise<{ readonly log: PreparedLog; readonly keyFile: string }> {
    const folder = join(this.#folders.logs, `encrypted-${entries}`);
    const keyFile = `${folder}.key`;
    if (!existsSync(folder)) {
      await rm(keyFile, { force: true });
      await runCli(['keygen', '--out', keyFile]);
      await writeSample(folder, entries, ['--encrypted', '--key-file', keyFile]);
    }
    return { log: await describeLog(folder, entries), keyFile };
  }

  /** A data folder whose index of {@link BenchContext.log} is complete; built once. */
  indexedDataFolder(): Promise<string> {
    this.#indexed ??= (async () => {
      const { folder } = await this.log();
      const dataFolder = await this.newFolder('indexed');
      await buildIndex(folder, dataFolder);
      return dataFolder;
    })();
    return this.#indexed;
  }

  /** A new empty folder that goes with the run. */
  async newFolder(name: string): Promise<string> {
    return await mkdtemp(join(this.#folders.run, `${name}-`));
  }

  /** Removes a folder that a measure is done with: big ones should not wait for the run's end. */
  async removeFolder(folder: string): Promise<void> {
    await rm(folder, { recursive: true, force: true });
  }

  /** The browser of the run, started at the first call. */
  browser(): Promise<Browser> {
    this.#browser.current ??= launchBrowser();
    return this.#browser.current;
  }

  /** Tells a person what is going on. */
  say(text: string): void {
    process.stderr.write(`${text}\n`);
  }

  /** Ends the browser. */
  async close(): Promise<void> {
    const browser = await this.#browser.current;
    await browser?.close();
  }
}

async function runCli(args: readonly string[]): Promise<void> {
  await promisify(execFile)(process.execPath, [CLI, ...args], { maxBuffer: 2 ** 26 });
}

async function writeSample(folder: string, entries: number, more: readonly string[] = []): Promise<void> {
  process.stderr.write(`writing a sample log of ${entries.toLocaleString('en-US')} entries\n`);
  const unfinished = `${folder}.unfinished`;
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(unfinished, { recursive: true });
  const { days, seed, until } = SAMPLE;
  const numbers = ['--entries', `${entries}`, '--days', `${days}`, '--seed', `${seed}`, '--until', until];
  await runCli(['sample', unfinished, ...numbers, ...more]);
  await rename(unfinished, folder);
}

/** The log files of a folder, oldest first by name. */
export async function describeLog(folder: string, entries: number): Promise<PreparedLog> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.jsonl')).sort();
  const files = names.map((name) => join(folder, name));
  const sizes = await Promise.all(files.map(async (file) => (await stat(file)).size));
  return { folder, files, entries, bytes: sizes.reduce((sum, size) => sum + size, 0) };
}

/** Guards of a log in a folder: appending, rotating, rewriting. */
import type { Guard } from '../guard.ts';

const STORAGE = 'src/main/audit/storage';
const FS = "process.getBuiltinModule('node:fs')";

export const FILE_GUARDS: readonly Guard[] = [
  {
    scenario: 'append-killed',
    without: 'waiting for the write before an entry is acknowledged',
    edits: [
      {
        file: `${STORAGE}/writer-loop.ts`,
        find: 'this.#waiting.push({ line, done, failed });',
        replace: 'this.#waiting.push({ line, done, failed }); done();',
      },
    ],
    rounds: 20,
  },
  {
    scenario: 'append-power-cut',
    without: 'syncing what was written',
    edits: [
      {
        file: `${STORAGE}/log-appender.ts`,
        find: 'if (!this.#options.durable) return;',
        replace: 'if (this.#options.durable) return;',
      },
    ],
    rounds: 6,
  },
  {
    scenario: 'append-sync-fails',
    without: 'stopping the writer after a sync that failed',
    edits: [{ file: `${STORAGE}/writer-loop.ts`, find: 'this.#stopped = error;', replace: '' }],
    rounds: 6,
  },
  ...['append-full-disk', 'append-at-size-limit'].map((scenario) => ({
    scenario,
    without: 'looking at how much of a line was written',
    edits: [
      {
        file: `${STORAGE}/file-append.ts`,
        find: 'if (written === bytes.length) return;',
        replace: 'if (written > 0) return;',
      },
    ],
    rounds: 5,
  })),
  {
    scenario: 'append-torn-tail',
    without: 'looking at the last byte before an append',
    edits: [
      {
        file: `${STORAGE}/file-append.ts`,
        find: 'const isTorn = file.size > 0 && lastByte(file) !== NEWLINE[0];',
        replace: 'const isTorn = false;',
      },
    ],
    rounds: 5,
  },
  {
    scenario: 'append-refused',
    without: 'telling a failure to open',
    edits: [
      {
        file: `${STORAGE}/log-appender.ts`,
        find: "throw toFileError(error, path, 'write to');",
        replace: 'return lines.length;',
      },
    ],
    rounds: 1,
  },
  {
    scenario: 'writers-rotate',
    without: 'the mark of who rotates, and reserving the next number',
    edits: [
      {
        file: `${STORAGE}/rotation.ts`,
        find: 'const mark = tryMark(folder, dayFileName(day));',
        replace: 'const mark = tryMark(folder, dayFileName(day)) ?? { release() {} };',
      },
      { file: `${STORAGE}/rotation.ts`, find: "openSync(path, 'wx', 0o600)", replace: "openSync(path, 'w', 0o600)" },
      { file: `${STORAGE}/rotation.ts`, find: 'if (isStillThere(path, identity)) {', replace: 'if (identity) {' },
    ],
    rounds: 10,
  },
  {
    scenario: 'writers-beside-python',
    without: 'writing at the end, wherever that is by then',
    edits: [
      {
        file: `${STORAGE}/file-append.ts`,
        find: 'constants.O_RDWR | constants.O_APPEND |',
        replace: 'constants.O_RDWR |',
      },
    ],
    rounds: 1,
  },
  {
    scenario: 'rotation-killed',
    without: 'renaming: a rotation copies and then removes',
    edits: [
      {
        file: `${STORAGE}/rotation.ts`,
        find: 'renameSync(path, reserved);',
        replace: `${FS}.copyFileSync(path, reserved); unlinkSync(path);`,
      },
    ],
    rounds: 1,
  },
  {
    scenario: 'day-names',
    without: 'looking at the clock at each append',
    edits: [
      {
        file: `${STORAGE}/log-appender.ts`,
        find: 'const day = formatDay(clock());',
        replace: 'const day = ((globalThis as { day?: string }).day ??= formatDay(clock()));',
      },
    ],
    rounds: 10,
  },
  {
    scenario: 'rewrite-killed',
    without: 'renaming: the new text is written into the old file',
    edits: [
      {
        file: `${STORAGE}/file-rewriter.ts`,
        find: 'renameSync(this.#newPath, this.#path);',
        replace: `${FS}.writeFileSync(this.#path, ${FS}.readFileSync(this.#newPath)); rmSync(this.#newPath);`,
      },
    ],
    rounds: 1,
  },
  {
    scenario: 'rewrite-cut',
    without: 'renaming: the new text is written into the old file',
    edits: [
      {
        file: `${STORAGE}/file-rewriter.ts`,
        find: 'renameSync(this.#newPath, this.#path);',
        replace: `${FS}.writeFileSync(this.#path, ${FS}.readFileSync(this.#newPath)); rmSync(this.#newPath);`,
      },
    ],
    rounds: 1,
  },
  {
    scenario: 'rewrite-races',
    without: 'taking along what was appended meanwhile',
    edits: [
      { file: `${STORAGE}/file-rewriter.ts`, find: 'this.#takeTail(newFd);', replace: '' },
      { file: `${STORAGE}/file-rewriter.ts`, find: 'if (end <= this.#takenUpTo) return;', replace: 'return;' },
    ],
    rounds: 60,
  },
  {
    scenario: 'rewrite-killed-late',
    without: 'finishing what a rewriter that was killed has left',
    edits: [
      {
        file: `${STORAGE}/list-log-files.ts`,
        find: 'const unfinished = await finishInterrupted(folder, hidden);',
        replace: 'const unfinished: never[] = [];',
      },
    ],
    rounds: 6,
  },
  {
    scenario: 'kept-lines',
    without: 'copying bytes: kept lines are parsed and written anew',
    edits: [
      {
        file: `${STORAGE}/file-rewriter.ts`,
        find: 'renameSync(this.#newPath, this.#path);',
        replace: `const anew = (line: string) => { try { return JSON.stringify(JSON.parse(line)); } catch { return line; } };
      const lines = ${FS}.readFileSync(this.#newPath, 'utf8').split('\\n');
      ${FS}.writeFileSync(this.#newPath, lines.map(anew).join('\\n'));
      renameSync(this.#newPath, this.#path);`,
      },
    ],
    rounds: 3,
  },
  {
    scenario: 'cleanup-cutoff',
    without: 'the last microsecond of the cutoff',
    edits: [
      {
        file: `${STORAGE}/rewrite-plan.ts`,
        find: ': epochUs <= this.#selection.upToUs;',
        replace: ': epochUs < this.#selection.upToUs;',
      },
      {
        file: `${STORAGE}/rewrite-plan.ts`,
        find: 'toUs: selection.upToUs };',
        replace: 'toUs: selection.upToUs - 1 };',
      },
    ],
    rounds: 35,
  },
  {
    scenario: 'awkward-lines',
    without: 'a limit to the length of a line',
    edits: [
      {
        file: 'src/main/audit/reading/line-reader.ts',
        find: 'export const MAX_LINE_BYTES = 64 * 1024 * 1024;',
        replace: 'export const MAX_LINE_BYTES = 2 ** 40;',
      },
    ],
    rounds: 1,
  },
  {
    scenario: 'fuzzed-lines',
    without: 'catching what a parser throws',
    edits: [
      {
        file: 'src/main/audit/reading/entry-line.ts',
        find: 'const reading = readEntryText(text);',
        replace: "const reading = readEntryText(text); JSON.parse(text === '' ? '0' : text);",
      },
    ],
    rounds: 2_000,
  },
];

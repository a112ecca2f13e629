/** Guards of the desk, its hosts and its window. */
import type { Guard } from '../guard.ts';

const HOSTS = 'src/main/hosts';
const DESK = 'src/main/desk';

export const DESK_GUARDS: readonly Guard[] = [
  {
    scenario: 'hostile-calls',
    without: 'looking at who calls',
    edits: [
      {
        file: `${HOSTS}/electron/desk-channel.ts`,
        find: 'if (!isFromWindow(event)) return',
        replace: 'if (!isFromWindow(event) && event.frameId === -7) return',
      },
    ],
    rounds: 1,
    builds: true,
  },
  {
    scenario: 'web-host-requests',
    without: 'looking at the Origin of a call',
    edits: [
      {
        file: `${HOSTS}/web/request-guard.ts`,
        find: "if (headers.origin !== expected.origin) return 'origin';",
        replace: '',
      },
    ],
    rounds: 1,
    builds: true,
  },
  {
    scenario: 'injected-texts',
    without: 'putting a text into the page as text',
    edits: [
      {
        file: 'src/renderer/features/detail/field-list.tsx',
        find: '<bdi className={mono ? styles.mono : undefined}>{value}</bdi>',
        replace: '<bdi className={mono ? styles.mono : undefined} dangerouslySetInnerHTML={{ __html: value }} />',
      },
    ],
    rounds: 1,
    builds: true,
  },
  {
    scenario: 'exported-cells',
    without: 'defusing cells',
    edits: [{ file: `${DESK}/csv-cell.ts`, find: 'defusedCell(text)', replace: 'String(text)' }],
    rounds: 20,
  },
  {
    scenario: 'exported-lines',
    without: 'handing on the stored bytes: lines are parsed and written anew',
    edits: [
      {
        file: `${DESK}/export-lines.ts`,
        find: ': onOneLine(line));',
        replace: ": Buffer.from(Buffer.from(line).toString().replaceAll('\": ', '\":')));",
      },
    ],
    rounds: 1,
  },
  {
    scenario: 'exported-files',
    without: 'taking the parts of a failed export away',
    edits: [
      {
        file: `${DESK}/new-file.ts`,
        find: 'await rm(this.#temporary, { force: true }).catch(() => undefined);',
        replace: '',
      },
    ],
    rounds: 1,
  },
  {
    scenario: 'planted-secrets',
    without: 'keeping keys out of what is printed',
    edits: [
      {
        file: `${DESK}/key-ring.ts`,
        find: 'const manager = new EncryptionManager(text);',
        replace: 'const manager = new EncryptionManager(text);\n    console.error(text);',
      },
    ],
    rounds: 1,
    builds: true,
  },
  {
    scenario: 'settings-killed',
    without: 'renaming: settings are written in place',
    edits: [
      {
        file: `${DESK}/json-document.ts`,
        find: 'await rename(temporary, path);',
        replace:
          "await process.getBuiltinModule('node:fs/promises').writeFile(path, ''); await new Promise((go) => setTimeout(go, 1)); await process.getBuiltinModule('node:fs/promises').writeFile(path, text);",
      },
    ],
    rounds: 20,
  },
  {
    scenario: 'two-desks',
    without: 'taking another index where one is taken',
    edits: [
      {
        file: 'src/main/catalog/slots.ts',
        find: 'if (isTaken(error)) return null;',
        replace: 'if (isTaken(error)) throw error;',
      },
      {
        file: 'src/main/catalog/slots.ts',
        find: 'const database = await openSound(path).catch(() => null);',
        replace: 'const database = await openSound(path);',
      },
    ],
    rounds: 1,
    builds: true,
  },
  {
    scenario: 'soak',
    without: 'letting answers go',
    edits: [
      {
        file: `${HOSTS}/web/web-host.ts`,
        find: 'const body = await readBody(request, MAX_CALL_BYTES);',
        replace:
          'const body = await readBody(request, MAX_CALL_BYTES);\n  ((globalThis as { kept?: Buffer[] }).kept ??= []).push(Buffer.alloc(2_000_000, 1));',
      },
    ],
    rounds: 20,
    builds: true,
  },
];

import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { generateKey } from '../../../src/main/audit/index.ts';
import { openTestDesk, type TestDesk } from './test-desk.ts';

let test: TestDesk;
beforeEach(async () => {
  test = await openTestDesk();
});
afterEach(async () => await test.end());

describe('keys', () => {
  it('are known by name and fingerprint, and never leave', async () => {
    const key = generateKey();
    const summary = await test.desk.handlers['keys.import']({ name: 'Claims 2026', text: `  ${key}\n` });
    expect(summary).toEqual({
      name: 'Claims 2026',
      fingerprint: expect.stringMatching(/^[0-9a-f]{16}$/),
      importedAtMs: expect.any(Number),
      remembered: false,
      locked: false,
    });
    const told = JSON.stringify([summary, await test.desk.handlers['keys.list']({}), test.events]);
    expect(told).not.toContain(key.slice(0, 12));
    expect(test.events).toEqual([{ name: 'keys.changed', payload: { keys: [summary] } }]);
  });

  it('that are none are refused without being repeated', async () => {
    const importing = test.desk.handlers['keys.import']({ name: '', text: 'hunter2-not-a-key' });
    await expect(importing).rejects.toMatchObject({ code: 'invalid_key' });
    await expect(importing).rejects.not.toThrow(/hunter2/);
    expect(await test.desk.handlers['keys.list']({})).toEqual([]);
  });

  it('imported twice stand once, under the newer name', async () => {
    const key = generateKey();
    await test.desk.handlers['keys.import']({ name: 'old', text: key });
    await test.desk.handlers['keys.import']({ name: 'new', text: key });
    expect((await test.desk.handlers['keys.list']({})).map(({ name }) => name)).toEqual(['new']);
  });

  it('come from a file with a newline after them, and are named after it', async () => {
    const path = join(test.dataFolder, 'claims.key');
    await writeFile(path, `${generateKey()}\n`);
    expect(await test.desk.handlers['keys.importFile']({ name: '', path })).toMatchObject({ name: 'claims.key' });
  });

  it('from a file that is missing, a folder or far too large are errors by code', async () => {
    const importFile = (path: string) => test.desk.handlers['keys.importFile']({ name: '', path });
    await expect(importFile(join(test.dataFolder, 'missing.key'))).rejects.toMatchObject({ code: 'source_not_found' });
    await expect(importFile(test.dataFolder)).rejects.toMatchObject({ code: 'invalid_key' });
    const large = join(test.dataFolder, 'large');
    await writeFile(large, 'x'.repeat(5000));
    await expect(importFile(large)).rejects.toMatchObject({ code: 'invalid_key' });
  });

  it('are generated into a new file with mode 0600, and never over another', async () => {
    const path = join(test.dataFolder, 'new.key');
    const summary = await test.desk.handlers['keys.generate']({ name: 'fresh', path });
    const written = await readFile(path, 'utf8');
    expect(written).toMatch(/^[A-Za-z0-9_-]{43}=\n$/);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    await expect(test.desk.handlers['keys.generate']({ name: '', path })).rejects.toMatchObject({
      code: 'file_exists',
    });
    expect(await readFile(path, 'utf8')).toBe(written);
    expect(await test.desk.handlers['keys.importFile']({ name: '', path })).toMatchObject({
      fingerprint: summary.fingerprint,
    });
  });

  it('are forgotten, and everybody is told', async () => {
    const { fingerprint } = await test.desk.handlers['keys.import']({ name: '', text: generateKey() });
    await test.desk.handlers['keys.forget']({ fingerprint });
    expect(await test.desk.handlers['keys.list']({})).toEqual([]);
    expect(test.events.at(-1)).toEqual({ name: 'keys.changed', payload: { keys: [] } });
  });

  it('are in no file of the data folder', async () => {
    const key = generateKey();
    await test.desk.handlers['keys.import']({ name: 'canary', text: key });
    await test.desk.handlers['settings.set']({ colorScheme: 'dark' });
    expect(await readFile(join(test.dataFolder, 'settings.json'), 'utf8')).not.toContain(key.slice(0, 12));
  });

  it('cannot be chosen in a dialog where there is none', async () => {
    await expect(test.desk.handlers['keys.chooseFile']({})).rejects.toMatchObject({ code: 'not_supported_here' });
  });
});

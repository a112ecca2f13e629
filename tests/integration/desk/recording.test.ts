import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { generateKey } from '../../../src/main/audit/index.ts';
import { interactionSchema } from '../../../src/shared/interaction.ts';
import { type OpenLog, openLog, REFERENCE } from './open-log.ts';

let log: OpenLog;
beforeEach(async () => {
  log = await openLog(join(REFERENCE, 'hash-only'));
});
afterEach(async () => await log.end());

const interaction = interactionSchema.parse({ input: 'Frage 🦜', output: 'Antwort', provider: 'by hand' });

async function storedText(): Promise<string> {
  const today = `audit_${new Date().toISOString().slice(0, 10).replaceAll('-', '')}.jsonl`;
  expect(await readdir(log.folder)).toContain(today);
  return await readFile(join(log.folder, today), 'utf8');
}

describe('recording an entry', () => {
  it('keeps hashes only, and the window sees it at once', async () => {
    const { id } = await log.handlers['entries.record']({
      sourceId: log.sourceId,
      interaction,
      content: { store: 'hash_only' },
    });
    await log.settled();
    expect((await log.rows())[0]).toMatchObject({ id, provider: 'by hand', inputKind: 'none', outputKind: 'none' });
    expect(await storedText()).not.toContain('Antwort');
  });

  it('keeps it encrypted with the key that was named, and reveals it', async () => {
    const { fingerprint } = await log.handlers['keys.import']({ name: 'k', text: generateKey() });
    await log.handlers['keys.import']({ name: 'other', text: generateKey() });
    const { id } = await log.handlers['entries.record']({
      sourceId: log.sourceId,
      interaction,
      content: { store: 'encrypted', fingerprint },
    });
    await log.settled();
    expect(await storedText()).not.toContain('Antwort');
    const row = (await log.rows()).find((candidate) => candidate.id === id);
    if (row === undefined) throw new Error('not there');
    expect(await log.handlers['entries.reveal']({ sourceId: log.sourceId, ref: row.ref })).toMatchObject({
      input: { state: 'shown', text: 'Frage 🦜', hash: 'match', keyFingerprint: fingerprint },
    });
  });

  it('keeps it plain where that was chosen', async () => {
    await log.handlers['entries.record']({ sourceId: log.sourceId, interaction, content: { store: 'plain' } });
    expect(await storedText()).toContain('"output_content": "Antwort"');
  });

  it('with a key that was forgotten, or a text without UTF-8, writes nothing', async () => {
    const record = log.handlers['entries.record'];
    const { sourceId } = log;
    await expect(
      record({ sourceId, interaction, content: { store: 'encrypted', fingerprint: 'gone' } }),
    ).rejects.toMatchObject({ code: 'no_key' });
    const broken = { ...interaction, input: '\ud800' };
    await expect(record({ sourceId, interaction: broken, content: { store: 'plain' } })).rejects.toMatchObject({
      code: 'unencodable_text',
    });
    expect(await log.settled()).toMatchObject({ entries: 300 });
  });
});

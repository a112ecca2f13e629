import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hashContent } from '../../../src/main/audit/index.ts';
import { type EntryFilter, NO_FILTER } from '../../../src/shared/query.ts';
import { type OpenLog, openLog, REFERENCE } from './open-log.ts';

const SAID = 'Wie war das?\r\nGenau so – مرحبا 👋';
const line = (id: string, input: string, output: string) =>
  `${JSON.stringify({ id, timestamp: '2026-03-01T00:00:00', input_hash: hashContent(input), output_hash: hashContent(output) })}\n`;

let log: OpenLog;
beforeEach(async () => {
  log = await openLog(join(REFERENCE, 'hash-only'));
  await writeFile(
    join(log.folder, 'audit_20260301.jsonl'),
    line('asked', SAID, 'yes') + line('echoed', SAID, SAID) + line('ended', 'with a line end\n', 'x'),
  );
  await log.settled();
});
afterEach(async () => await log.end());

async function find(text: string, filter: EntryFilter = NO_FILTER) {
  return await log.handlers['entries.findText']({ sourceId: log.sourceId, text, filter });
}

describe('a text', () => {
  it('is found by its hash, as input and as output, without any key', async () => {
    const found = await find(SAID);
    expect(found).toEqual({
      hash: hashContent(SAID),
      form: 'as_given',
      inLog: { entries: 2, asInput: 2, asOutput: 1 },
      inView: { entries: 2, asInput: 2, asOutput: 1 },
    });
    const rows = await log.rows({ contentHash: found.hash });
    expect(rows.map(({ id }) => id).sort()).toEqual(['asked', 'echoed']);
  });

  it('that was said elsewhere in the log than in the view is told apart', async () => {
    const elsewhere = { ...NO_FILTER, range: { fromUs: null, toUs: 0 } };
    expect(await find(SAID, elsewhere)).toMatchObject({ inLog: { entries: 2 }, inView: { entries: 0 } });
  });

  it('is found in the form that a clipboard makes of it, and the form is named', async () => {
    expect(await find(SAID.replace('\r\n', '\n'))).toMatchObject({ form: 'line_ends_crlf', inLog: { entries: 2 } });
    expect(await find(`${SAID}\r\n`)).toMatchObject({ form: 'without_final_line_end', inLog: { entries: 2 } });
    expect(await find(`  ${SAID} `)).toMatchObject({ form: 'trimmed', inLog: { entries: 2 } });
    expect(await find('with a line end')).toMatchObject({ form: 'with_final_line_end', inLog: { asInput: 1 } });
  });

  it('is found only when it is the same to the letter', async () => {
    expect(await find('wie war das?')).toEqual({
      hash: hashContent('wie war das?'),
      form: 'as_given',
      inLog: { entries: 0, asInput: 0, asOutput: 0 },
      inView: { entries: 0, asInput: 0, asOutput: 0 },
    });
  });

  it('without UTF-8 has no hash, and that is an error', async () => {
    await expect(find('half \ud83d')).rejects.toMatchObject({ code: 'unencodable_text' });
  });
});

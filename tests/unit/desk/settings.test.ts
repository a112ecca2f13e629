import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openTestDesk, type TestDesk } from './test-desk.ts';

const FIRST = {
  timeZone: 'UTC',
  colorScheme: 'auto',
  facetKeys: ['department'],
  foldedFacets: ['output_tokens', 'block_reason', 'conversation_id', 'input_kind', 'output_kind'],
};

let test: TestDesk;
beforeEach(async () => {
  test = await openTestDesk();
});
afterEach(async () => await test.end());

describe('settings', () => {
  it('begin with UTC and the colours of the system', async () => {
    expect(await test.desk.handlers['settings.get']({})).toEqual(FIRST);
  });

  it('are kept for the next run, readable by their owner only', async () => {
    await test.desk.handlers['settings.set']({ timeZone: 'Europe/Berlin' });
    await test.desk.handlers['settings.set']({ colorScheme: 'dark' });
    const next = await openTestDesk({ dataFolder: test.dataFolder });
    expect(await next.desk.handlers['settings.get']({})).toEqual({
      ...FIRST,
      timeZone: 'Europe/Berlin',
      colorScheme: 'dark',
    });
    expect((await stat(join(test.dataFolder, 'settings.json'))).mode & 0o777).toBe(0o600);
    await next.desk.close();
  });

  it('of an earlier version are taken over, and what they do not know begins as it does for everyone', async () => {
    await writeFile(join(test.dataFolder, 'settings.json'), '{"timeZone":"Asia/Tokyo","colorScheme":"dark"}');
    const next = await openTestDesk({ dataFolder: test.dataFolder });
    const expected = { ...FIRST, timeZone: 'Asia/Tokyo', colorScheme: 'dark' };
    expect(await next.desk.handlers['settings.get']({})).toEqual(expected);
    expect(await next.desk.handlers['settings.set']({ facetKeys: [] })).toEqual({ ...expected, facetKeys: [] });
    await next.desk.close();
  });

  it('refuse a time zone that the system does not know, and keep the old one', async () => {
    const setting = test.desk.handlers['settings.set']({ timeZone: 'Mars/Olympus' });
    await expect(setting).rejects.toMatchObject({ code: 'invalid_argument' });
    expect(await test.desk.handlers['settings.get']({})).toMatchObject({ timeZone: 'UTC' });
  });

  it.each(['{"timeZone": "UT', '[]', '{"timeZone":"Mars/Olympus","colorScheme":"auto"}', ''])(
    'that are damaged (%s) are set aside, and the defaults take their place',
    async (damaged) => {
      await writeFile(join(test.dataFolder, 'settings.json'), damaged);
      const next = await openTestDesk({ dataFolder: test.dataFolder });
      expect(await next.desk.handlers['settings.get']({})).toEqual(FIRST);
      const aside = (await readdir(test.dataFolder)).filter((name) => name.startsWith('settings.json.damaged-'));
      expect(aside).toHaveLength(1);
      expect(await readFile(join(test.dataFolder, aside[0] ?? ''), 'utf8')).toBe(damaged);
      await next.desk.close();
    },
  );

  it('set at the same time are all kept, and no temporary file stays', async () => {
    const { handlers } = test.desk;
    await Promise.all([
      handlers['settings.set']({ timeZone: 'Asia/Tokyo' }),
      handlers['settings.set']({ colorScheme: 'light' }),
    ]);
    const text = await readFile(join(test.dataFolder, 'settings.json'), 'utf8');
    expect(JSON.parse(text)).toEqual({ ...FIRST, timeZone: 'Asia/Tokyo', colorScheme: 'light' });
    expect((await readdir(test.dataFolder)).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });
});

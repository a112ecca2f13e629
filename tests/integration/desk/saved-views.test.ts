import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openCatalog } from '../../../src/main/catalog/open-catalog.ts';
import { NEWEST_FIRST, NO_FILTER } from '../../../src/shared/query.ts';
import type { SavedView, ViewContent } from '../../../src/shared/saved-views.ts';
import { openTestDesk } from '../../unit/desk/test-desk.ts';
import { type OpenLog, openLog, payloads, REFERENCE } from './open-log.ts';

const { range: _, ...FILTER } = NO_FILTER;
const EVERYTHING: ViewContent = {
  filter: FILTER,
  sort: NEWEST_FIRST,
  range: { kind: 'fixed', fromUs: null, toUs: null },
  columns: null,
};
const BLOCKED: ViewContent = {
  ...EVERYTHING,
  filter: { ...FILTER, terms: [{ field: 'status', values: ['blocked'], exclude: false }] },
  range: { kind: 'moving', text: 'Last 7 days' },
};

let log: OpenLog;
beforeEach(async () => {
  log = await openLog(join(REFERENCE, 'plaintext'));
});
afterEach(async () => await log.end());

async function save(name: string, content = EVERYTHING, replace = false): Promise<readonly SavedView[]> {
  return await log.handlers['views.save']({ sourceId: log.sourceId, name, content, replace });
}

const list = async () => await log.handlers['views.list']({ sourceId: log.sourceId });
const names = (views: readonly SavedView[]) => views.map(({ name }) => name);

describe('saved views', () => {
  it('are kept for the source, in their order, readable by their owner only, and told to every window', async () => {
    await save('Everything');
    const views = await save('Blocked', BLOCKED);
    expect(names(views)).toEqual(['Everything', 'Blocked']);
    expect(payloads(log.test, 'views.changed').at(-1)).toEqual({ sourceId: log.sourceId, views });
    expect((await stat(join(log.test.dataFolder, 'saved-views.json'))).mode & 0o777).toBe(0o600);

    const next = await openTestDesk({ dataFolder: log.test.dataFolder, openCatalog });
    const again = await next.desk.open({ kind: 'folder', path: log.folder });
    expect(await next.desk.handlers['views.list']({ sourceId: again.sourceId })).toEqual(views);
    const other = await next.desk.open({ kind: 'folder', path: join(REFERENCE, 'hash-only') });
    expect(await next.desk.handlers['views.list']({ sourceId: other.sourceId })).toEqual([]);
    await next.desk.close();
  });

  it('of an earlier version, which kept no columns or did not say what is pinned, still open', async () => {
    await save('Everything');
    const path = join(log.test.dataFolder, 'saved-views.json');
    const [kept] = JSON.parse(await readFile(path, 'utf8')) as [{ views: [{ content: Record<string, unknown> }] }];
    const [view] = kept.views;
    const early = {
      ...view,
      viewId: '00000000-0000-4000-8000-000000000001',
      name: 'Early',
      content: { ...view.content },
    };
    delete early.content['columns'];
    const unpinned = {
      ...view,
      viewId: '00000000-0000-4000-8000-000000000002',
      name: 'Unpinned',
      content: { ...view.content, columns: [{ id: 'model', width: 200, visible: true }] },
    };
    await writeFile(path, JSON.stringify([{ ...kept, views: [view, early, unpinned] }]));

    const next = await openTestDesk({ dataFolder: log.test.dataFolder, openCatalog });
    const { sourceId } = await next.desk.open({ kind: 'folder', path: log.folder });
    const views = await next.desk.handlers['views.list']({ sourceId });
    expect(views.map(({ name, content }) => [name, content.columns])).toEqual([
      ['Everything', null],
      ['Early', null],
      ['Unpinned', [{ id: 'model', width: 200, visible: true, pinned: false }]],
    ]);
    await next.desk.close();
  });

  it('of a taken name replace it only where that is meant', async () => {
    await save('Blocked');
    await expect(save('BLOCKED', BLOCKED)).rejects.toMatchObject({ code: 'invalid_argument' });
    expect((await list())[0]?.content).toEqual(EVERYTHING);
    const views = await save('blocked', BLOCKED, true);
    expect(views).toHaveLength(1);
    expect(views[0]?.content).toEqual(BLOCKED);
  });

  it('are renamed, moved and deleted; one that is gone is told', async () => {
    for (const name of ['a', 'b', 'c']) await save(name);
    const idOf = async (name: string) => (await list()).find((view) => view.name === name)?.viewId ?? '';
    const { sourceId, handlers } = log;
    expect(names(await handlers['views.move']({ sourceId, viewId: await idOf('c'), toIndex: 0 }))).toEqual([
      'c',
      'a',
      'b',
    ]);
    expect(names(await handlers['views.move']({ sourceId, viewId: await idOf('c'), toIndex: 99 }))).toEqual([
      'a',
      'b',
      'c',
    ]);
    const renaming = handlers['views.rename']({ sourceId, viewId: await idOf('a'), name: 'B' });
    await expect(renaming).rejects.toMatchObject({ code: 'invalid_argument', details: { name: 'B' } });
    expect(names(await handlers['views.rename']({ sourceId, viewId: await idOf('a'), name: 'A' }))).toEqual([
      'A',
      'b',
      'c',
    ]);
    const gone = await idOf('b');
    expect(names(await handlers['views.delete']({ sourceId, viewId: gone }))).toEqual(['A', 'c']);
    const moving = handlers['views.move']({ sourceId, viewId: gone, toIndex: 0 });
    await expect(moving).rejects.toMatchObject({ code: 'invalid_argument' });
  });

  it('go out as text and come back as they were, beside those of the same name', async () => {
    await save('Everything');
    await save('Blocked', BLOCKED);
    const { sourceId, handlers } = log;
    const { text } = await handlers['views.export']({ sourceId });
    expect(text).not.toContain((await list())[0]?.viewId);
    const { views, imported } = await handlers['views.import']({ sourceId, text });
    expect(imported).toBe(2);
    expect(names(views)).toEqual(['Everything', 'Blocked', 'Everything (2)', 'Blocked (2)']);
    expect(views[3]?.content).toEqual(BLOCKED);
    expect(new Set(views.map(({ viewId }) => viewId)).size).toBe(4);
  });

  it.each([
    ['{"format": ', /no JSON/],
    ['[]', /expected object/],
    ['{"format":"other","version":1,"views":[]}', /format/],
    ['{"format":"audit-desk-views","version":2,"views":[]}', /version/],
  ])('are not imported from %s', async (text, message) => {
    const importing = log.handlers['views.import']({ sourceId: log.sourceId, text });
    await expect(importing).rejects.toMatchObject({
      code: 'invalid_argument',
      message: expect.stringMatching(message),
    });
    expect(await list()).toEqual([]);
  });

  it('with one part wrong are refused whole, and the place is named', async () => {
    await save('Blocked', BLOCKED);
    const { sourceId, handlers } = log;
    const { text } = await handlers['views.export']({ sourceId });
    const wrong = JSON.parse(text);
    wrong.views.push({ name: 'bad', content: { ...BLOCKED, sort: { field: 'colour', direction: 'desc' } } });
    wrong.views.push({ name: ' ', content: { ...BLOCKED, range: { kind: 'moving', text: 'when pigs fly' } } });
    const importing = handlers['views.import']({ sourceId, text: JSON.stringify(wrong) });
    await expect(importing).rejects.toMatchObject({
      code: 'invalid_argument',
      details: {
        problems: expect.arrayContaining([
          expect.stringContaining('views.1.content.sort.field: '),
          expect.stringContaining('views.2.name: '),
          expect.stringContaining('views.2.content.range.text: must be a range'),
        ]),
      },
    });
    expect(names(await list())).toEqual(['Blocked']);
  });

  it('that are damaged on disk are set aside', async () => {
    await save('Everything');
    const file = join(log.test.dataFolder, 'saved-views.json');
    await writeFile(file, (await readFile(file, 'utf8')).slice(0, -20));
    const next = await openTestDesk({ dataFolder: log.test.dataFolder, openCatalog });
    const again = await next.desk.open({ kind: 'folder', path: log.folder });
    expect(await next.desk.handlers['views.list']({ sourceId: again.sourceId })).toEqual([]);
    expect((await readdir(log.test.dataFolder)).some((name) => name.startsWith('saved-views.json.damaged-'))).toBe(
      true,
    );
    await next.desk.close();
  });

  it('of a closed source cannot be asked for', async () => {
    await log.handlers['sources.close']({ sourceId: log.sourceId });
    await expect(list()).rejects.toMatchObject({ code: 'source_not_open' });
  });
});

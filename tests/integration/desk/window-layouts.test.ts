/** How a person left the window of each source: kept in the data folder. */
import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openCatalog } from '../../../src/main/catalog/open-catalog.ts';
import { NO_FILTER } from '../../../src/shared/query.ts';
import { FIRST_WINDOW_LAYOUT, type WindowLayout } from '../../../src/shared/window-layout.ts';
import { openTestDesk } from '../../unit/desk/test-desk.ts';
import { type OpenLog, openLog, REFERENCE } from './open-log.ts';

let log: OpenLog;
beforeEach(async () => {
  log = await openLog(join(REFERENCE, 'plaintext'));
});
afterEach(async () => await log.end());

/** What a new desk over the same data folder knows of the log's window. */
async function layoutOfNextRun(): Promise<WindowLayout> {
  const next = await openTestDesk({ dataFolder: log.test.dataFolder, openCatalog });
  const { sourceId } = await next.desk.open({ kind: 'folder', path: log.folder });
  const layout = await next.desk.handlers['layout.get']({ sourceId });
  await next.desk.close();
  return layout;
}

describe('the window of a source', () => {
  it('is as at first, then as it was left, and readable by its owner only', async () => {
    const { sourceId } = log;
    expect(await log.handlers['layout.get']({ sourceId })).toEqual(FIRST_WINDOW_LAYOUT);
    const [row] = await log.rows();
    if (row === undefined) throw new Error('The log has no entry.');
    const { range: _, ...filter } = NO_FILTER;
    const left: WindowLayout = {
      ...FIRST_WINDOW_LAYOUT,
      filter: { ...filter, text: ['claims'] },
      range: { kind: 'moving', text: 'Last 7 days' },
      selected: { ref: row.ref, detailOpen: true },
    };
    await log.handlers['layout.set']({ sourceId, layout: left });
    expect(await layoutOfNextRun()).toEqual(left);
    expect((await stat(join(log.test.dataFolder, 'window-layouts.json'))).mode & 0o777).toBe(0o600);
  });

  it('that an earlier version kept, without filter and entry, still counts', async () => {
    const { sourceId } = log;
    await log.handlers['layout.set']({ sourceId, layout: { ...FIRST_WINDOW_LAYOUT, detailWidth: 500 } });
    const path = join(log.test.dataFolder, 'window-layouts.json');
    const [kept] = JSON.parse(await readFile(path, 'utf8')) as [{ source: string; layout: WindowLayout }];
    const { columns, sort, filtersWidth, detailWidth } = kept.layout;
    await writeFile(path, JSON.stringify([{ ...kept, layout: { columns, sort, filtersWidth, detailWidth } }]));
    expect(await layoutOfNextRun()).toEqual({ ...FIRST_WINDOW_LAYOUT, detailWidth: 500 });
  });
});

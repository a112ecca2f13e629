/** Where a person put columns and panels, source by source: kept in the data folder. */
import { join } from 'node:path';
import type { DeskHandlers } from '../../shared/contract.ts';
import { z } from '../../shared/schema.ts';
import { FIRST_WINDOW_LAYOUT, type WindowLayout, windowLayoutSchema } from '../../shared/window-layout.ts';
import { JsonDocument } from './json-document.ts';
import type { OpenSources } from './open-sources.ts';
import { locationKey } from './recent-sources.ts';

/** Sources whose arrangement is kept, the one changed last first. */
const KEPT_SOURCES = 200;

const documentSchema = z.array(z.strictObject({ source: z.string(), layout: windowLayoutSchema }));
type KeptLayouts = z.infer<typeof documentSchema>;

/** Opens the arrangements of a data folder; damaged ones are set aside and every window is as at first. */
export function openWindowLayouts(dataFolder: string): Promise<JsonDocument<KeptLayouts>> {
  return JsonDocument.open<KeptLayouts>({
    path: join(dataFolder, 'window-layouts.json'),
    schema: documentSchema,
    fallback: [],
  });
}

/** `layout.*`: `source_not_open` where the source is closed. */
export function layoutHandlers(
  document: JsonDocument<KeptLayouts>,
  sources: OpenSources,
): Pick<DeskHandlers, 'layout.get' | 'layout.set'> {
  const keyOf = (sourceId: string) => locationKey(sources.get(sourceId).location);
  const layoutOf = (key: string): WindowLayout =>
    document.value.find(({ source }) => source === key)?.layout ?? FIRST_WINDOW_LAYOUT;
  return {
    'layout.get': async ({ sourceId }) => layoutOf(keyOf(sourceId)),
    'layout.set': async ({ sourceId, layout }) => {
      const key = keyOf(sourceId);
      await document.update((kept) =>
        [{ source: key, layout }, ...kept.filter(({ source }) => source !== key)].slice(0, KEPT_SOURCES),
      );
      return null;
    },
  };
}

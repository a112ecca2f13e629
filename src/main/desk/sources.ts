/** Sources: opened, closed, remembered, looked at again. */
import type { DeskHandlers, OpenSource } from '../../shared/contract.ts';
import { AuditError } from '../audit/index.ts';
import { testBucket } from './bucket-test.ts';
import type { DeskPorts } from './desk.ts';
import type { DeskEventHub } from './desk-events.ts';
import { describeSource, type OpenRequest, type OpenSources } from './open-sources.ts';
import type { RecentSources } from './recent-sources.ts';
import { normalLocation } from './source-storage.ts';

/** What the use cases of sources stand on. */
export interface SourcesContext {
  readonly ports: Pick<DeskPorts, 'chooseFolder' | 'now'>;
  readonly events: DeskEventHub;
  readonly sources: OpenSources;
  readonly recent: RecentSources;
  /** Writes the sample log where it is missing, imports its key and answers its folder. */
  readonly prepareSample: () => Promise<string>;
}

type SourceOperation = Exclude<Extract<keyof DeskHandlers, `sources.${string}`>, 'sources.browseFolders'>;

/** Opens a source, puts it first among the recent ones and tells every window. The sample is not put among them. */
export async function openSource(context: SourcesContext, request: OpenRequest): Promise<OpenSource> {
  const source = await context.sources.open(request);
  const { coverage } = await source.catalog.status();
  const opened = describeSource(source, coverage);
  if (!opened.sample) {
    await context.recent.remember({
      location: opened.location,
      name: opened.name,
      lastOpenedAtMs: context.ports.now(),
    });
  }
  context.events.emit('source.opened', { source: opened });
  return opened;
}

/** `sources.*` but for the browser of folders. */
export function sourceHandlers(context: SourcesContext): Pick<DeskHandlers, SourceOperation> {
  const { ports, sources, recent } = context;
  return {
    'sources.recent': async () => recent.list(),
    'sources.star': async ({ location, starred }) => {
      await recent.star(normalLocation(location), starred);
      return null;
    },
    'sources.forget': async ({ location }) => {
      await recent.forget(normalLocation(location));
      return null;
    },
    'sources.chooseFolder': async () => {
      if (ports.chooseFolder === undefined) {
        throw new AuditError('not_supported_here', 'There is no folder dialog here. Choose the folder from the list.');
      }
      return await ports.chooseFolder();
    },
    'sources.open': async ({ location, credentials }) => await openSource(context, { location, credentials }),
    'sources.testBucket': async ({ location, credentials }) => await testBucket(location, credentials),
    'sources.openSample': async () => {
      const path = await context.prepareSample();
      return await openSource(context, {
        location: { kind: 'folder', path },
        credentials: null,
        sample: true,
        name: 'Sample log',
      });
    },
    'sources.current': async () => {
      const source = await sources.current();
      return source === null ? null : describeSource(source, (await source.catalog.status()).coverage);
    },
    'sources.close': async ({ sourceId }) => {
      await sources.close(sourceId);
      return null;
    },
    'sources.refresh': async ({ sourceId }) => await sources.get(sourceId).catalog.refresh(),
    'sources.stopReading': async ({ sourceId }) => await sources.get(sourceId).catalog.stopReading(),
  };
}

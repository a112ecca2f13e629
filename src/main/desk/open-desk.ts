/** Puts the desk together: every use case of the contract over the ports it was given. */
import { mkdir } from 'node:fs/promises';
import type { DeskHandlers, OpenSource, SourceLocation } from '../../shared/contract.ts';
import { toFileError } from '../audit/index.ts';
import { bucketHandlers } from './bucket-places.ts';
import { contentSearchHandlers, SearchResults } from './content-search.ts';
import type { Desk, DeskPorts } from './desk.ts';
import { DeskEventHub } from './desk-events.ts';
import { entryHandlers } from './entries.ts';
import { exportHandlers } from './export.ts';
import { folderHandlers } from './folders.ts';
import { Jobs, jobHandlers } from './jobs.ts';
import { KeyRing } from './key-ring.ts';
import { keyHandlers, recallKeys } from './keys.ts';
import { OpenSources } from './open-sources.ts';
import { PlaintextLock } from './plaintext-lock.ts';
import { RecentSources } from './recent-sources.ts';
import { recordingHandlers } from './recording.ts';
import { RememberedKeys } from './remembered-keys.ts';
import { retentionHandlers } from './retention.ts';
import { revealHandlers } from './reveal.ts';
import { prepareSampleLog } from './sample-log.ts';
import { SavedViews, viewHandlers } from './saved-views.ts';
import { openSettings, settingsHandlers } from './settings.ts';
import { openSource, type SourcesContext, sourceHandlers } from './sources.ts';
import { layoutHandlers, openWindowLayouts } from './window-layouts.ts';

/** Opens a desk. `permission_denied` and the like where the data folder cannot be used; damaged settings never stand in the way. */
export async function openDesk(ports: DeskPorts): Promise<Desk> {
  await mkdir(ports.dataFolder, { recursive: true, mode: 0o700 }).catch((error: unknown) => {
    throw toFileError(error, ports.dataFolder, 'make the data folder');
  });
  const settings = await openSettings(ports.dataFolder);
  const recent = await RecentSources.open(ports.dataFolder);
  const views = await SavedViews.open(ports.dataFolder);
  const layouts = await openWindowLayouts(ports.dataFolder);
  const events = new DeskEventHub();
  const sources = new OpenSources(ports, events);
  const ring = new KeyRing(ports.now, (keys) => events.emit('keys.changed', { keys }));
  const jobs = new Jobs(events);
  const results = new SearchResults(events);
  const lock = new PlaintextLock({
    holdsAnything: () => ring.holdsKeys || results.any,
    letGo: (because) => {
      ring.lock();
      results.forgetAll(because === 'idle' ? 'idle' : 'lock');
      events.emit('desk.locked', { because });
    },
  });
  const remembered = await RememberedKeys.open(ports);
  for (const facts of remembered?.list() ?? []) ring.noteRemembered(facts, true);
  // A key that the system does not give back stays locked; whoever unlocks is told why.
  if (remembered !== null) await recallKeys(ring, remembered).catch(() => undefined);
  lock.touch();
  const context: SourcesContext = {
    ports,
    events,
    sources,
    recent,
    prepareSample: () => prepareSampleLog(ports, ring),
  };
  const handlers: DeskHandlers = {
    'host.info': async () => ports.host,
    ...settingsHandlers(settings),
    ...layoutHandlers(layouts, sources),
    ...folderHandlers(ports.now),
    ...sourceHandlers(context),
    ...entryHandlers(sources),
    ...exportHandlers({ sources, ring, jobs, lock, ports }),
    ...contentSearchHandlers({ sources, ring, jobs, lock, events, results }),
    ...revealHandlers(sources, ring),
    ...recordingHandlers(sources, ring),
    ...keyHandlers({ ring, remembered, lock, ports }),
    ...retentionHandlers(sources, jobs, ports),
    ...bucketHandlers(),
    ...viewHandlers(views, sources, events),
    ...jobHandlers(jobs),
  };
  return {
    handlers,
    subscribe: (listener) => events.subscribe(listener),
    open: (location: SourceLocation): Promise<OpenSource> => openSource(context, { location, credentials: null }),
    close: async () => {
      lock.close();
      await jobs.close();
      await sources.closeAll();
      ring.close();
      events.close();
    },
  };
}

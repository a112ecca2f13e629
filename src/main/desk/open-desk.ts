/** Puts the desk together: every use case of the contract over the ports it was given. */
import { mkdir } from 'node:fs/promises';
import type { DeskHandlers, OpenSource, SourceLocation } from '../../shared/contract.ts';
import { toFileError } from '../audit/index.ts';
import type { Desk, DeskPorts } from './desk.ts';
import { DeskEventHub } from './desk-events.ts';
import { entryHandlers } from './entries.ts';
import { exportHandlers } from './export.ts';
import { folderHandlers } from './folders.ts';
import { Jobs, jobHandlers } from './jobs.ts';
import { KeyRing } from './key-ring.ts';
import { keyHandlers } from './keys.ts';
import { OpenSources } from './open-sources.ts';
import { RecentSources } from './recent-sources.ts';
import { recordingHandlers } from './recording.ts';
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
    ...exportHandlers({ sources, ring, jobs, ports }),
    ...revealHandlers(sources, ring),
    ...recordingHandlers(sources, ring),
    ...keyHandlers(ring, ports),
    ...retentionHandlers(sources, jobs, ports),
    ...viewHandlers(views, sources, events),
    ...jobHandlers(jobs),
  };
  return {
    handlers,
    subscribe: (listener) => events.subscribe(listener),
    open: (location: SourceLocation): Promise<OpenSource> => openSource(context, { location, credentials: null }),
    close: async () => {
      await jobs.close();
      await sources.closeAll();
      ring.close();
      events.close();
    },
  };
}

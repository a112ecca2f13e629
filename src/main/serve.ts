/** Entry point of the browser host: composes the desk, its indexes and its web host. */
import { CatalogProcesses } from './catalog/catalog-processes.ts';
import { forkChannel } from './catalog/fork-channel.ts';
import { openDesk } from './desk/open-desk.ts';
import { builtFile } from './hosts/application.ts';
import { type RunWebHostOptions, runWebHost } from './hosts/web/run-web-host.ts';

/** `audit-desk serve`: the desk in a browser. Answers the exit code once it was ended by a signal. */
export async function serveApp(options: RunWebHostOptions): Promise<number> {
  const catalogs = new CatalogProcesses(() => forkChannel(builtFile('main', 'catalog-process.js')));
  try {
    return await runWebHost(options, (ports) => openDesk({ ...ports, openCatalog: catalogs.open, now: Date.now }));
  } finally {
    catalogs.close();
  }
}

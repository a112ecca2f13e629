/** Entry point of the browser host: composes the desk, its indexes and its web host. */
import { forkCatalog } from './catalog/catalog-client.ts';
import { forkChannel } from './catalog/fork-channel.ts';
import { openDesk } from './desk/open-desk.ts';
import { builtFile } from './hosts/application.ts';
import { type RunWebHostOptions, runWebHost } from './hosts/web/run-web-host.ts';

/** `audit-desk serve`: the desk in a browser. Answers the exit code once it was ended by a signal. */
export async function serveApp(options: RunWebHostOptions): Promise<number> {
  return await runWebHost(options, (ports) =>
    openDesk({
      ...ports,
      openCatalog: (catalog) => forkCatalog(() => forkChannel(builtFile('main', 'catalog-process.js')), catalog),
      now: Date.now,
    }),
  );
}

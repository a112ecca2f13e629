/** Entry point of the desktop application: composes the desk, its indexes and its Electron host. */
import { CatalogProcesses } from './catalog/catalog-processes.ts';
import { openDesk } from './desk/open-desk.ts';
import { builtFile } from './hosts/application.ts';
import { startDesktopApp } from './hosts/electron/desktop-app.ts';
import { utilityChannel } from './hosts/electron/utility-channel.ts';

startDesktopApp(async (ports) => {
  const catalogs = new CatalogProcesses(() => utilityChannel(builtFile('main', 'catalog-process.js')));
  const desk = await openDesk({ ...ports, openCatalog: catalogs.open, now: Date.now }).catch((error: unknown) => {
    catalogs.close();
    throw error;
  });
  return {
    ...desk,
    close: async () => {
      catalogs.close();
      await desk.close();
    },
  };
});

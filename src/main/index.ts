/** Entry point of the desktop application: composes the desk, its indexes and its Electron host. */
import { forkCatalog } from './catalog/catalog-client.ts';
import { openDesk } from './desk/open-desk.ts';
import { builtFile } from './hosts/application.ts';
import { startDesktopApp } from './hosts/electron/desktop-app.ts';
import { utilityChannel } from './hosts/electron/utility-channel.ts';

startDesktopApp((ports) =>
  openDesk({
    ...ports,
    openCatalog: (options) => forkCatalog(() => utilityChannel(builtFile('main', 'catalog-process.js')), options),
    now: Date.now,
  }),
);

/** Entry point of the desktop application: composes the desk and its Electron host. */
import { openDesk } from './desk/open-desk.ts';
import { startDesktopApp } from './hosts/electron/desktop-app.ts';
import { openCatalogHere } from './hosts/open-catalog-here.ts';

startDesktopApp((ports) => openDesk({ ...ports, openCatalog: openCatalogHere, now: Date.now }));

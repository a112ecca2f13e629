/** Entry point of the desktop application: composes the desk and its Electron host. */

import { openCatalog } from './catalog/open-catalog.ts';
import { openDesk } from './desk/open-desk.ts';
import { startDesktopApp } from './hosts/electron/desktop-app.ts';

startDesktopApp((ports) => openDesk({ ...ports, openCatalog, now: Date.now }));

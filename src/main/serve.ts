/** Entry point of the browser host: composes the desk and its web host. */
import type { SourceLocation } from '../shared/contract.ts';
import { openCatalog } from './catalog/open-catalog.ts';
import { openDesk } from './desk/open-desk.ts';
import { runWebHost } from './hosts/web/run-web-host.ts';

export interface ServeAppOptions {
  readonly source: SourceLocation | null;
  /** 0 takes a free port. */
  readonly port: number;
  readonly openWindow: boolean;
}

/** `audit-desk serve`: the desk in a browser. Answers the exit code once it was ended by a signal. */
export async function serveApp(options: ServeAppOptions): Promise<number> {
  return await runWebHost(options, (ports) => openDesk({ ...ports, openCatalog, now: Date.now }));
}

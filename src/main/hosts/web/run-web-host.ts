/** Runs the web host from start to signal. */
import type { SourceLocation } from '../../../shared/contract.ts';
import type { Desk, DeskPorts } from '../../desk/desk.ts';
import { APPLICATION_VERSION, builtFile } from '../application.ts';
import { openDataFolder } from '../data-folder.ts';
import { hasDisplay } from '../display.ts';
import { listStaticFiles } from '../static-files.ts';
import { openBrowserWindow } from './open-window.ts';
import { startWebHost, type WebHost } from './web-host.ts';

export interface RunWebHostOptions {
  readonly source: SourceLocation | null;
  /** 0 takes a free port. */
  readonly port: number;
  readonly openWindow: boolean;
}

/**
 * Opens the desk and its source, listens, prints the link (one line on stdout, and nowhere else), opens a window, and waits for
 * SIGINT, SIGTERM or SIGHUP. Answers the exit code. Fails where the port or the source cannot be opened.
 */
export async function runWebHost(
  options: RunWebHostOptions,
  openDesk: (ports: Pick<DeskPorts, 'dataFolder' | 'host'>) => Promise<Desk>,
): Promise<number> {
  const ended = nextSignal();
  const dataFolder = openDataFolder();
  const files = await listStaticFiles(builtFile('renderer'));
  const desk = await openDesk({
    dataFolder,
    host: {
      kind: 'web',
      version: APPLICATION_VERSION,
      platform: process.platform,
      nativeDialogs: false,
      keyStoreObstacle: 'In a browser there is no key store of the system; the desktop application can remember keys.',
    },
  });
  try {
    if (options.source !== null) await desk.open(options.source);
    const host = await startWebHost({ desk, files, port: options.port });
    process.stdout.write(`${host.link}\n`);
    try {
      if (options.openWindow) await showWindow(host, dataFolder, ended);
      await ended;
    } finally {
      await host.close();
    }
  } finally {
    await desk.close();
  }
  return 0;
}

/** Opens a window where there is a screen for one; the page that carries the link goes as soon as it has done so. */
async function showWindow(host: WebHost, dataFolder: string, ended: Promise<void>): Promise<void> {
  if (!hasDisplay()) {
    process.stderr.write('There is no display here: open the link above in a browser. Ctrl+C ends Audit Desk.\n');
    return;
  }
  const { forget } = await openBrowserWindow(host.link, dataFolder);
  void Promise.race([host.visited, ended]).then(forget);
}

function nextSignal(): Promise<void> {
  return new Promise((resolve) => {
    process.once('SIGINT', () => resolve());
    process.once('SIGTERM', () => resolve());
    process.once('SIGHUP', () => resolve());
  });
}

/** A catalog process as a utility process of Electron. */
import { utilityProcess } from 'electron';
import type { CatalogChannel, CatalogMessage } from '../../catalog/catalog-channel.ts';

/** Threads of libuv in the process: the queries that run at once, and room for the files that are read beside them. */
const THREAD_POOL = '8';

/** Starts `entryPath` (the built catalog-process.ts) in a process of its own. The application must be ready. */
export function utilityChannel(entryPath: string): CatalogChannel {
  const child = utilityProcess.fork(entryPath, [], {
    serviceName: 'Audit Desk index',
    env: { ...process.env, UV_THREADPOOL_SIZE: THREAD_POOL },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const exitListeners: (() => void)[] = [];
  let ended = false;
  child.on('exit', () => {
    ended = true;
    for (const listener of exitListeners) listener();
  });
  return {
    post(message) {
      if (!ended) child.postMessage(message);
    },
    onMessage(listener) {
      child.on('message', (message: CatalogMessage) => listener(message));
    },
    onExit(listener) {
      if (ended) listener();
      else exitListeners.push(listener);
    },
    kill() {
      child.kill();
    },
  };
}

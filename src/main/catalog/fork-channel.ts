/** A catalog process as a child of Node. */
import { fork } from 'node:child_process';
import type { CatalogChannel, CatalogMessage } from './catalog-channel.ts';

/** Threads of libuv in the process: the queries that run at once, and room for the files that are read beside them. */
const THREAD_POOL = '8';

/** Starts `entryPath` (the built or plain catalog-process.ts) in a process of its own. */
export function forkChannel(entryPath: string): CatalogChannel {
  const child = fork(entryPath, [], {
    serialization: 'advanced',
    env: { ...process.env, UV_THREADPOOL_SIZE: THREAD_POOL },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const exitListeners: (() => void)[] = [];
  let ended = false;
  const end = (): void => {
    if (ended) return;
    ended = true;
    for (const listener of exitListeners) listener();
  };
  child.on('exit', end);
  child.on('error', end);
  return {
    post(message) {
      if (child.connected) child.send(message);
    },
    onMessage(listener) {
      child.on('message', (message) => listener(message as CatalogMessage));
    },
    onExit(listener) {
      if (ended) listener();
      else exitListeners.push(listener);
    },
    kill() {
      child.kill('SIGKILL');
    },
  };
}

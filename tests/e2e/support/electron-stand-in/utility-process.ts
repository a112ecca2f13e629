/** Utility processes of the stand-in: forks of Node with the channel's end that Electron gives them. */
import { type ChildProcess, fork } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { app } from './application.ts';

const PARENT_PORT = new URL('./parent-port.ts', import.meta.url).href;

class UtilityProcess extends EventEmitter {
  private readonly child: ChildProcess;

  constructor(modulePath: string, args: readonly string[], options: { readonly env?: NodeJS.ProcessEnv }) {
    super();
    const execArgv = ['--disable-warning=ExperimentalWarning', '--import', PARENT_PORT];
    const stdio = ['ignore', 'ignore', 'inherit', 'ipc'] as const;
    this.child = fork(modulePath, [...args], { ...options, execArgv, stdio: [...stdio], serialization: 'advanced' });
    this.child.on('message', (message) => this.emit('message', message));
    this.child.on('exit', (code) => this.emit('exit', code));
  }
  postMessage(message: unknown): void {
    if (this.child.connected) this.child.send(message as object);
  }
  kill(): boolean {
    return this.child.kill();
  }
}

export const utilityProcess = {
  fork(modulePath: string, args: readonly string[] = [], options: { readonly env?: NodeJS.ProcessEnv } = {}) {
    if (!app.ready) throw new Error('utilityProcess cannot be created before app is ready');
    return new UtilityProcess(modulePath, args, options);
  },
};

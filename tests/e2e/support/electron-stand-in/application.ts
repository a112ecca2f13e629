/** The application object of the stand-in. */
import { EventEmitter } from 'node:events';
import { tmpdir } from 'node:os';
import { tellTest } from './main-channel.ts';

/** An event that can be kept from having its effect. */
export class PreventableEvent {
  defaultPrevented = false;
  preventDefault(): void {
    this.defaultPrevented = true;
  }
}

class StandInApp extends EventEmitter {
  readonly isPackaged = false;
  ready = false;
  readonly windows = new Set<{ close(): void }>();
  private quitting = false;

  getPath(): string {
    return tmpdir();
  }
  setPath(): void {}
  setName(): void {}
  setAboutPanelOptions(): void {}
  addRecentDocument(path: string): void {
    tellTest({ kind: 'recent-document', path });
  }
  requestSingleInstanceLock(): boolean {
    return process.env['STAND_IN_SECOND_INSTANCE'] === undefined;
  }
  async whenReady(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    this.ready = true;
  }
  quit(): void {
    if (this.quitting) return;
    this.quitting = true;
    this.emit('before-quit', new PreventableEvent());
    for (const window of [...this.windows]) window.close();
    const event = new PreventableEvent();
    this.emit('will-quit', event);
    if (!event.defaultPrevented) this.exit(0);
  }
  exit(code: number): void {
    process.exit(code);
  }
}
export const app = new StandInApp();
process.on('SIGTERM', () => app.quit());

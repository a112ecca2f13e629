/** Tells the windows what happens, as events of the contract. */
import { BrowserWindow } from 'electron';
import type { DeskEventName, DeskEvents } from '../../../shared/contract.ts';
import { EVENT_CHANNEL } from '../../../shared/ipc-channels.ts';

/** Sends an event to every window that is open. */
export function tellWindows<Name extends DeskEventName>(name: Name, payload: DeskEvents[Name]): void {
  const payloadJson = JSON.stringify(payload);
  for (const window of BrowserWindow.getAllWindows()) {
    if (!window.isDestroyed()) window.webContents.send(EVENT_CHANNEL, name, payloadJson);
  }
}

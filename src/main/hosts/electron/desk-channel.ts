/** Carries the contract over IPC: calls in, events out. */
import { BrowserWindow, type IpcMainInvokeEvent, ipcMain } from 'electron';
import { AuditError } from '../../../shared/errors.ts';
import { CALL_CHANNEL } from '../../../shared/ipc-channels.ts';
import type { Desk } from '../../desk/desk.ts';
import { dispatchJson, failure } from '../dispatch.ts';
import { isWindowUrl } from './app-scheme.ts';
import { tellWindows } from './window-events.ts';

/** Begins to carry. Answers how to stop. */
export function openDeskChannel(desk: Pick<Desk, 'handlers' | 'subscribe'>): () => void {
  ipcMain.handle(CALL_CHANNEL, async (event, name: unknown, inputJson: unknown) => {
    if (!isFromWindow(event)) return refusal('forbidden_call', 'This call is not allowed.');
    if (typeof name !== 'string' || typeof inputJson !== 'string') {
      return refusal('invalid_argument', 'A call is a name and its input as JSON text.');
    }
    return await dispatchJson(desk.handlers, name, inputJson);
  });
  const unsubscribe = desk.subscribe(tellWindows);
  return () => {
    unsubscribe();
    ipcMain.removeHandler(CALL_CHANNEL);
  };
}

/** Only the main frame of one of our windows, showing our own page, may call. */
function isFromWindow(event: IpcMainInvokeEvent): boolean {
  const frame = event.senderFrame;
  const window = BrowserWindow.fromWebContents(event.sender);
  return frame !== null && window !== null && frame === event.sender.mainFrame && isWindowUrl(frame.url);
}

function refusal(code: 'forbidden_call' | 'invalid_argument', message: string): string {
  return JSON.stringify(failure(new AuditError(code, message)));
}

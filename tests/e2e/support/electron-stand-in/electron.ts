/**
 * A stand-in for the `electron` module in the main process: as much of it as the desktop's code uses, with Electron's semantics.
 * Windows are pages of a Chromium that the test drives; everything between the two goes over the process's message channel.
 */
import { app, PreventableEvent } from './application.ts';
import { invokeHandlers, permissions, schemeHandlers } from './carriers.ts';
import { whenTestAsks } from './main-channel.ts';
import { answerDialogs, clickMenu, menuKeys } from './system-ui.ts';
import { BrowserWindow, StandInFrame } from './windows.ts';
import type { SenderFrame, ServedFile } from './wire.ts';

export { app } from './application.ts';
export { ipcMain, protocol, session } from './carriers.ts';
export { safeStorage } from './safe-storage.ts';
export { dialog, Menu, screen } from './system-ui.ts';
export { utilityProcess } from './utility-process.ts';
export { BrowserWindow } from './windows.ts';

/** The frame object of a call's sender: the window's own main frame, or another one. */
function frameOf(window: BrowserWindow, frame: SenderFrame): StandInFrame {
  if (!frame.isMainFrame) return new StandInFrame(frame.url);
  if (window.webContents.mainFrame.url !== frame.url) window.webContents.mainFrame = new StandInFrame(frame.url);
  return window.webContents.mainFrame;
}

async function servedFile(url: string, method: string): Promise<ServedFile> {
  const handler = schemeHandlers.get(new URL(url).protocol.slice(0, -1));
  if (handler === undefined) throw new Error(`Nobody serves ${url}.`);
  const response = await handler(new Request(url, { method }));
  const body = new Uint8Array(await response.arrayBuffer());
  return { status: response.status, headers: Object.fromEntries(response.headers), body };
}

whenTestAsks(async (question) => {
  switch (question.kind) {
    case 'fetch':
      return await servedFile(question.url, question.method);
    case 'invoke': {
      const window = BrowserWindow.fromId(question.windowId);
      const handler = invokeHandlers.get(question.channel);
      if (handler === undefined) throw new Error(`No handler registered for '${question.channel}'`);
      const event = { sender: window.webContents, senderFrame: frameOf(window, question.frame) };
      return await handler(event, ...question.args);
    }
    case 'navigate': {
      const { webContents } = BrowserWindow.fromId(question.windowId);
      const event = Object.assign(new PreventableEvent(), { url: question.url, isMainFrame: true });
      webContents.emit('will-frame-navigate', event);
      webContents.emit('will-navigate', event);
      return !event.defaultPrevented;
    }
    case 'open-window': {
      const { webContents } = BrowserWindow.fromId(question.windowId);
      return webContents.windowOpenHandler({ url: question.url }).action === 'allow';
    }
    case 'permission': {
      const { permission, url } = question;
      const asked = await new Promise<boolean>((resolve) =>
        permissions.request(null, permission, resolve, { requestingUrl: url, isMainFrame: true }),
      );
      return [asked, permissions.check(null, permission, url, { requestingUrl: url, isMainFrame: true })];
    }
    case 'click-menu':
      return await clickMenu(question.labels);
    case 'menu-keys':
      return menuKeys();
    case 'second-instance':
      return void app.emit('second-instance', new PreventableEvent(), [], process.cwd(), question.data);
    case 'open-file':
      return void app.emit('open-file', new PreventableEvent(), question.path);
    case 'crash': {
      const { webContents } = BrowserWindow.fromId(question.windowId);
      return void webContents.emit('render-process-gone', new PreventableEvent(), { reason: 'crashed', exitCode: 5 });
    }
    case 'answer-dialogs':
      answerDialogs(question.filePaths);
      return null;
    case 'painted':
      return void BrowserWindow.fromId(question.windowId).emit('ready-to-show');
    case 'close-window':
      return void BrowserWindow.fromId(question.windowId).close();
  }
});

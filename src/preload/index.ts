/** The one narrow bridge between window and machine. Runs sandboxed; nothing of Electron reaches the page. */
import { contextBridge, ipcRenderer, webUtils } from 'electron';
import { DESK_EVENT_NAMES, type DeskBridge, isOperationName } from '../shared/contract.ts';
import { AuditError, toWireError } from '../shared/errors.ts';
import { CALL_CHANNEL, EVENT_CHANNEL } from '../shared/ipc-channels.ts';

const bridge: DeskBridge = {
  async invoke(name, inputJson) {
    if (!isOperationName(name) || typeof inputJson !== 'string') {
      const error = new AuditError('unknown_operation', 'There is no such operation.');
      return JSON.stringify({ ok: false, error: toWireError(error) });
    }
    return (await ipcRenderer.invoke(CALL_CHANNEL, name, inputJson)) as string;
  },
  subscribe(listener) {
    const onEvent = (_event: unknown, name: unknown, payloadJson: unknown) => {
      const known = DESK_EVENT_NAMES.find((candidate) => candidate === name);
      if (known !== undefined && typeof payloadJson === 'string') listener(known, payloadJson);
    };
    ipcRenderer.on(EVENT_CHANNEL, onEvent);
    return () => {
      ipcRenderer.off(EVENT_CHANNEL, onEvent);
    };
  },
  // Only for a file that a person has handed to the page: a path cannot be asked for by name.
  pathOf: (file) => webUtils.getPathForFile(file),
};

contextBridge.exposeInMainWorld('auditDesk', bridge);

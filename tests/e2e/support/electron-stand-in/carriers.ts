/** What the main process registers to be called: calls over IPC, its own scheme, and what a page may do. */
import { app } from './application.ts';

export const invokeHandlers = new Map<string, (event: unknown, ...args: unknown[]) => unknown>();

export const ipcMain = {
  handle(channel: string, handler: (event: unknown, ...args: unknown[]) => unknown): void {
    if (invokeHandlers.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`);
    invokeHandlers.set(channel, handler);
  },
  removeHandler(channel: string): void {
    invokeHandlers.delete(channel);
  },
};

export const schemeHandlers = new Map<string, (request: Request) => Response | Promise<Response>>();

export const protocol = {
  registerSchemesAsPrivileged(): void {
    if (app.ready) throw new Error('protocol.registerSchemesAsPrivileged should be called before app is ready');
  },
  handle(scheme: string, handler: (request: Request) => Response | Promise<Response>): void {
    schemeHandlers.set(scheme, handler);
  },
};

type RequestHandler = (
  contents: unknown,
  permission: string,
  answer: (granted: boolean) => void,
  details: object,
) => void;
type CheckHandler = (contents: unknown, permission: string, origin: string, details: object) => boolean;
export const permissions: { request: RequestHandler; check: CheckHandler } = {
  request: (_contents, _permission, answer) => answer(true),
  check: () => true,
};

export const session = {
  defaultSession: {
    protocol,
    setPermissionRequestHandler(handler: RequestHandler): void {
      permissions.request = handler;
    },
    setPermissionCheckHandler(handler: CheckHandler): void {
      permissions.check = handler;
    },
  },
};

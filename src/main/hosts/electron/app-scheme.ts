/** The window's own scheme: `app://desk/` serves the built window and nothing else. */
import { type Protocol, protocol } from 'electron';
import type { StaticFiles } from '../static-files.ts';
import { SECURITY_HEADERS } from '../window-security.ts';

const SCHEME = 'app';
/** Address of the window. */
export const WINDOW_URL = `${SCHEME}://desk/`;

/** Makes the scheme a standard, secure one. Must run before the app is ready. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ]);
}

/** Serves the files for the windows of one session. */
export function serveAppScheme(sessionProtocol: Protocol, files: StaticFiles): void {
  sessionProtocol.handle(SCHEME, (request) => answer(request, files));
}

async function answer(request: Request, files: StaticFiles): Promise<Response> {
  const url = new URL(request.url);
  const file = url.host === 'desk' && request.method === 'GET' ? files.get(url.pathname) : undefined;
  if (file === undefined)
    return new Response('There is no such file.\n', { status: 404, headers: { ...SECURITY_HEADERS } });
  return new Response(await file.read(), { headers: { ...SECURITY_HEADERS, 'Content-Type': file.contentType } });
}

/** True for an address of the window itself. */
export function isWindowUrl(text: string): boolean {
  return URL.canParse(text) && text.startsWith(WINDOW_URL);
}

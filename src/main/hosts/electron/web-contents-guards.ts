/** What no page of this application may do, whoever wrote it: leave, open windows, embed, or ask for permissions. */
import { type App, type Session, session } from 'electron';
import { isWindowUrl } from './app-scheme.ts';

/** Guards every web contents that will be made. */
export function guardWebContents(app: App): void {
  app.on('web-contents-created', (_event, contents) => {
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
    contents.on('will-navigate', (event) => {
      // A reload of the window is a navigation to itself.
      if (!isWindowUrl(event.url)) event.preventDefault();
    });
    contents.on('will-redirect', (event) => event.preventDefault());
    contents.on('will-frame-navigate', (event) => {
      if (!event.isMainFrame || !isWindowUrl(event.url)) event.preventDefault();
    });
    contents.on('will-attach-webview', (event) => event.preventDefault());
  });
}

/** The one thing that is granted, to our own page: "copy" writes text to the clipboard. */
const GRANTED = 'clipboard-sanitized-write';

/** Denies every permission but {@link GRANTED}, both where a page asks for it and where Chromium looks it up. */
export function denyPermissions(target: Session = session.defaultSession): void {
  target.setPermissionRequestHandler((_contents, permission, answer, details) => {
    answer(permission === GRANTED && details.isMainFrame && isWindowUrl(details.requestingUrl));
  });
  target.setPermissionCheckHandler(
    (_contents, permission, _origin, details) =>
      permission === GRANTED && details.isMainFrame && isWindowUrl(details.requestingUrl ?? ''),
  );
}

/** What becomes of a window whose page has crashed: it is loaded again, and the person is told. */
import { type BrowserWindow, dialog } from 'electron';

/** A page that crashes more often than this within the span is not loaded again: it would only flicker. */
const MOST_RELOADS = 3;
const SPAN_MS = 60_000;

/** Reloads the window after a crash; the desk behind it, its sources and keys are not touched by that. */
export function recoverFromCrashes(window: BrowserWindow): void {
  let crashes: number[] = [];
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit' || window.isDestroyed()) return;
    const now = Date.now();
    crashes = [...crashes.filter((time) => time > now - SPAN_MS), now];
    const again = crashes.length <= MOST_RELOADS;
    if (again) window.webContents.reload();
    tellOfCrash(window, reason, again);
  });
}

function tellOfCrash(window: BrowserWindow, reason: string, again: boolean): void {
  const detail = again
    ? 'Its page was loaded again. Open sources and imported keys are still there; what was typed into a form is not.'
    : 'It has stopped several times in a minute and was not loaded again. Close Audit Desk and start it anew.';
  void dialog
    .showMessageBox(window, {
      type: 'warning',
      title: 'Audit Desk',
      message: 'The window has stopped unexpectedly',
      detail: `${detail} (${reason})`,
      buttons: ['OK'],
    })
    // The window was closed under its message.
    .catch(() => undefined);
}

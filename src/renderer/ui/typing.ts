/** Whether keys belong to something else than the window's shortcuts at the moment. */

const OVERLAY = '[role="dialog"], [role="menu"], [role="listbox"]';

/** Key presses during which something lay over the window: an Esc that closes it is spent, though it is gone when others hear of it. */
const spent = new WeakSet<Event>();
if (typeof window !== 'undefined') {
  const note = (event: KeyboardEvent) => {
    if (document.querySelector(OVERLAY) !== null) spent.add(event);
  };
  window.addEventListener('keydown', note, { capture: true });
}

/** True while a person types into a field or works in a dialog, a menu or a list. */
export function keysAreTaken(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.isComposing || spent.has(event)) return true;
  const target = event.target;
  if (!(target instanceof Element)) return false;
  if (target.closest('input:not([type="checkbox"]):not([type="radio"]), textarea, select, [contenteditable="true"]')) {
    return true;
  }
  return document.querySelector(OVERLAY) !== null;
}

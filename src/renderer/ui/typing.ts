/** Whether keys belong to something else than the window's shortcuts at the moment. */

/** True while a person types into a field or works in a dialog, a menu or a list. */
export function keysAreTaken(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.isComposing) return true;
  const target = event.target;
  if (!(target instanceof Element)) return false;
  if (target.closest('input:not([type="checkbox"]):not([type="radio"]), textarea, select, [contenteditable="true"]')) {
    return true;
  }
  return document.querySelector('[role="dialog"], [role="menu"], [role="listbox"]') !== null;
}

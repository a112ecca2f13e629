/** Drops folders onto a window as the system does. */
import type { Page } from '@playwright/test';

/** Drops what these names stand for; where each lies is told by the desktop's stand-in alone. Answers whether the page took the drop. */
export async function dropFolders(page: Page, pathsByName: Readonly<Record<string, string>>): Promise<boolean> {
  return await page.evaluate<boolean>(`(() => {
    const dropped = ${JSON.stringify(pathsByName)};
    window.standInDropped = dropped;
    const dataTransfer = new DataTransfer();
    for (const name of Object.keys(dropped)) dataTransfer.items.add(new File([], name));
    return !document.body.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
  })()`);
}

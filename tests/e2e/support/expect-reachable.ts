/** Holds what can be operated against the size of the window: nothing is cut off, covered or out of reach. */
import { expect, type Locator, type Page } from '@playwright/test';

/** Controls of a part of the window that cannot be brought wholly into sight, or that something else covers there. */
async function outOfReach(part: Locator): Promise<readonly string[]> {
  return await part.evaluate((root) => {
    const document = root.ownerDocument;
    const { innerWidth, innerHeight } = document.defaultView;
    const problems: string[] = [];
    for (const control of root.querySelectorAll('button, input, textarea, select, summary, [role="tab"]')) {
      if (!control.checkVisibility({ visibilityProperty: true }) || control.closest('[inert]') !== null) continue;
      // In sight only once it has the focus: the way past the filters.
      if (control.getBoundingClientRect().width <= 1) continue;
      const name = `${control.tagName} “${control.getAttribute('aria-label') ?? control.textContent.slice(0, 40)}”`;
      control.scrollIntoView({ block: 'center', inline: 'center', behavior: 'instant' });
      const { left, right, top, bottom } = control.getBoundingClientRect();
      const inside = left >= -1 && right <= innerWidth + 1 && top >= -1 && bottom <= innerHeight + 1;
      const hit = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
      const label = control.labels?.[0];
      const reached = hit !== null && (control.contains(hit) || hit.contains(control) || label?.contains(hit) === true);
      if (!inside) problems.push(`${name} is cut off`);
      else if (!reached) problems.push(`${name} is covered by ${hit?.outerHTML.slice(0, 80)}`);
    }
    return problems;
  });
}

/** Fails where the page scrolls sideways, or where a control of `part` cannot be reached. */
export async function expectReachable(page: Page, part: Locator): Promise<void> {
  const tooWide = await page.locator('html').evaluate((html) => {
    const { body, defaultView } = html.ownerDocument;
    return Math.max(html.scrollWidth, body.scrollWidth) - defaultView.innerWidth;
  });
  expect(tooWide, 'the page does not scroll sideways').toBeLessThanOrEqual(0);
  expect(await outOfReach(part), 'every control can be reached').toEqual([]);
}

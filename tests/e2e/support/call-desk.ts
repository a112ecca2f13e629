/** Calls the contract from inside the window, below the client that the window itself uses. */
import type { Page } from '@playwright/test';

/** Sends an input as JSON text; answers the reply. */
export async function callDesk(page: Page, name: string, inputJson: string): Promise<unknown> {
  const replyJson = await page.evaluate(
    async ([operation, input]) => {
      const { auditDesk } = globalThis as unknown as {
        readonly auditDesk?: { invoke(name: string, inputJson: string): Promise<string> };
      };
      if (auditDesk !== undefined) return await auditDesk.invoke(operation, input);
      const headers = { 'Content-Type': 'application/json' };
      return await (await fetch(`/call/${operation}`, { method: 'POST', headers, body: input })).text();
    },
    [name, inputJson] as const,
  );
  return JSON.parse(replyJson);
}

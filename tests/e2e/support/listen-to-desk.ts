/** Listens to the desk's events from inside the window, below the client that the window itself uses. */
import type { Page } from '@playwright/test';

/** Begins to listen; answers how to ask for the names of the events heard so far. */
export async function listenToDesk(page: Page): Promise<() => Promise<readonly string[]>> {
  await page.evaluate(async () => {
    const heard: string[] = [];
    const scope = globalThis as unknown as {
      heardEvents: string[];
      readonly auditDesk?: { subscribe(listener: (name: string) => void): unknown };
    };
    scope.heardEvents = heard;
    if (scope.auditDesk !== undefined) return void scope.auditDesk.subscribe((name) => heard.push(name));
    const headers = { 'Content-Type': 'application/json' };
    const { body } = await fetch('/events', { method: 'POST', headers, body: '{}' });
    if (body === null) throw new Error('The event stream has no body.');
    const lines = body.pipeThrough(new TextDecoderStream());
    void (async () => {
      for await (const text of lines)
        heard.push(...Array.from(text.matchAll(/^{"name":"([^"]+)"/gm), (match) => match[1] ?? ''));
    })();
  });
  return async () => await page.evaluate(() => (globalThis as unknown as { heardEvents: string[] }).heardEvents);
}

/** Who may speak to the web host. Pure: looks at a request's facts and answers why it is refused, or null. */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

/** What the host expects of every request. */
export interface GuardExpectation {
  /** `127.0.0.1:PORT`. */
  readonly host: string;
  /** `http://127.0.0.1:PORT`. */
  readonly origin: string;
  readonly cookieName: string;
  readonly cookieValue: string;
}

/** True when both texts are equal; takes the same time wherever they differ. */
export function equalSecrets(given: string, expected: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}

/**
 * A static file holds no secret, so it needs no cookie. A page of another site may only navigate to it, never embed or fetch it;
 * the exact Host keeps out names that were pointed at the loopback address.
 */
export function refuseStatic(headers: IncomingHttpHeaders, expected: GuardExpectation): string | null {
  if (headers.host !== expected.host) return 'host';
  if (headers.origin !== undefined && headers.origin !== expected.origin) return 'origin';
  const site = headers['sec-fetch-site'];
  const ownSite = site === undefined || site === 'same-origin' || site === 'none';
  const navigation = headers['sec-fetch-mode'] === 'navigate' && headers['sec-fetch-dest'] === 'document';
  return ownSite || navigation ? null : 'site';
}

/** Trading the token: from the window's own page only. */
export function refuseTrade(headers: IncomingHttpHeaders, expected: GuardExpectation): string | null {
  if (headers.host !== expected.host) return 'host';
  if (headers.origin !== expected.origin) return 'origin';
  if (headers['sec-fetch-site'] !== 'same-origin') return 'site';
  return headers['content-type'] === 'application/json' ? null : 'content-type';
}

/** A call or the event stream: from the window's own page, with the cookie of this run. */
export function refuseCall(headers: IncomingHttpHeaders, expected: GuardExpectation): string | null {
  const refused = refuseTrade(headers, expected);
  if (refused !== null) return refused;
  const cookies = cookiesNamed(headers.cookie ?? '', expected.cookieName);
  return cookies.length === 1 && equalSecrets(cookies[0] ?? '', expected.cookieValue) ? null : 'cookie';
}

function cookiesNamed(header: string, name: string): readonly string[] {
  return header
    .split(';')
    .map((part) => part.trim())
    .filter((part) => part.startsWith(`${name}=`))
    .map((part) => part.slice(name.length + 1));
}

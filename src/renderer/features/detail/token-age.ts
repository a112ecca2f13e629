/** A Fernet token's own time against the entry's. */
import { formatSpan } from '../../time/duration-text.ts';

/** A logger encrypts at once: a token made further than this from its entry was made by another way. */
const USUAL_US = 60_000_000;

/** How far a token's making lies from its entry, and whether that is unusual. */
export interface TokenAge {
  readonly odd: boolean;
  readonly text: string;
}

/** Compares in whole seconds, which is all that a token tells. */
export function tokenAge(tokenTimeS: number, entryUs: number): TokenAge {
  const differenceUs = (tokenTimeS - Math.floor(entryUs / 1_000_000)) * 1_000_000;
  const odd = Math.abs(differenceUs) > USUAL_US;
  if (differenceUs === 0) return { odd, text: 'in the same second as the entry' };
  return { odd, text: `${formatSpan(differenceUs)} ${differenceUs > 0 ? 'after' : 'before'} the entry’s time` };
}

/** Shows content on request: opens what is encrypted with whatever key fits, and compares the text with its recorded hash. */
import type { DeskHandlers, HashState, RevealedContent } from '../../shared/contract.ts';
import { toWireError } from '../../shared/errors.ts';
import { type AuditError, contentKind, hashContent, isAuditError } from '../audit/index.ts';
import { cutText } from './cut-text.ts';
import type { KeyRing } from './key-ring.ts';
import type { OpenSources } from './open-sources.ts';
import { readStoredEntry } from './stored-entry.ts';

const SHA256_HEX = /^[0-9a-f]{64}$/i;

/**
 * `entries.reveal`. Input and output stand for themselves: a token that is damaged, or that no key opens, is a failed state
 * with its code beside what could be shown. `entry_changed` where the log changed since the index saw it.
 */
export function revealHandlers(sources: OpenSources, ring: KeyRing): Pick<DeskHandlers, 'entries.reveal'> {
  return {
    'entries.reveal': async ({ sourceId, ref }) => {
      const { entry } = await readStoredEntry(sources.get(sourceId), ref);
      return {
        input: revealed(openContent(entry.input_content, entry.input_hash, ring)),
        output: revealed(openContent(entry.output_content, entry.output_hash, ring)),
      };
    },
  };
}

/** What opening a stored content came to; the text is whole. */
export type OpenedContent =
  | { readonly state: 'none' }
  | {
      readonly state: 'shown';
      readonly text: string;
      readonly hash: HashState;
      /** null where the text was stored plain. */
      readonly keyFingerprint: string | null;
    }
  | { readonly state: 'failed'; readonly error: AuditError };

/** Opens a stored content with whatever key of the ring fits. `no_key`, `wrong_key`, `invalid_token` come as a failed state. */
export function openContent(stored: string | null, recordedHash: string, ring: KeyRing): OpenedContent {
  if (stored === null) return { state: 'none' };
  const storedHash = compareHash(stored, recordedHash);
  // A plain text may look like a token; its hash tells.
  if (contentKind(stored) === 'plain' || storedHash === 'match') {
    return { state: 'shown', text: stored, hash: storedHash, keyFingerprint: null };
  }
  const result = ring.open(stored);
  if (!result.opened) return { state: 'failed', error: result.error };
  const { text, fingerprint } = result;
  return { state: 'shown', text, hash: compareHash(text, recordedHash), keyFingerprint: fingerprint };
}

function revealed(content: OpenedContent): RevealedContent {
  switch (content.state) {
    case 'none':
      return content;
    case 'failed':
      return { state: 'failed', error: toWireError(content.error) };
    case 'shown': {
      const { text, cut } = cutText(content.text);
      return { ...content, text, textCut: cut };
    }
  }
}

/** How a text compares with its recorded hash; unknown where the record is no SHA-256 or the text has no UTF-8. */
export function compareHash(text: string, recordedHash: string): HashState {
  if (!SHA256_HEX.test(recordedHash)) return 'unknown';
  try {
    return hashContent(text) === recordedHash.toLowerCase() ? 'match' : 'differ';
  } catch (error) {
    if (isAuditError(error) && error.code === 'unencodable_text') return 'unknown';
    throw error;
  }
}
